"use strict";
// Time below the graph: two handles, play, and a strip with every event at its date, lane by lane.
newsloom.time = (() => {
  const { data, state, el } = newsloom;
  const [low, high, play, strip] = ["low", "high", "play", "strip"].map((id) => document.getElementById(id));
  const chosen = document.querySelector("#time .chosen");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const steps = 1000;
  let playing = null;

  let days = [];
  let share = new Map(); // day -> where it stands, from 0 to 1

  // Gaps are compressed, so that a quiet year does not take the room of a busy week.
  function measure() {
    days = data.days;
    const marks = [0];
    for (let at = 1; at < days.length; at += 1) marks.push(marks[at - 1] + Math.log2(1 + days[at] - days[at - 1]));
    share = new Map(days.map((day, at) => [day, marks.at(-1) ? marks[at] / marks.at(-1) : 0.5]));
  }

  const nearest = (value) =>
    days.reduce((best, day) => (Math.abs(share.get(day) * steps - value) < Math.abs(share.get(best) * steps - value) ? day : best));
  // Where a day without events would stand: at the next one that has some.
  const standing = (day) => share.get(days.find((other) => other >= day) ?? days.at(-1));
  const next = (day, step) => days[Math.max(0, Math.min(days.length - 1, days.indexOf(day) + step))];

  // All of the time is no filter.
  function setRange(from, to, step = false) {
    const range = [Math.min(from, to), Math.max(from, to)];
    state.change({ range: range[0] <= state.full[0] && range[1] >= state.full[1] ? null : range }, { step });
  }

  function show() {
    if (!days.length) return;
    const [from, to] = state.days().map((day) => nearest((share.get(day) ?? standing(day)) * steps));
    low.value = share.get(from) * steps;
    high.value = share.get(to) * steps;
    for (const [input, day, id] of [[low, from, "from"], [high, to, "to"]]) {
      input.setAttribute("aria-valuetext", data.iso(day));
      document.getElementById(id).textContent = data.iso(day);
    }
    chosen.style.left = `${share.get(from) * 100}%`;
    chosen.style.right = `${(1 - share.get(to)) * 100}%`;
    for (const dot of strip.querySelectorAll(".event")) {
      const id = dot.dataset.id;
      dot.classList.toggle("off", !state.visible.has(id));
      dot.classList.toggle("chosen", state.selected?.id === id);
      dot.classList.toggle("near", ["near", "chain"].includes(state.focus?.get(id)));
    }
  }

  function handle(input, at) {
    input.addEventListener("input", () => {
      const range = [...state.days()];
      range[at] = nearest(Number(input.value));
      if (range[0] > range[1]) range[at] = range[1 - at];
      setRange(...range);
    });
    input.addEventListener("change", () => state.change());
    input.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, Home: -days.length, End: days.length }[event.key];
      if (!step) return;
      event.preventDefault();
      event.stopPropagation();
      const range = [...state.days()];
      range[at] = next(range[at], step);
      if (range[0] <= range[1]) setRange(...range, true);
    });
  }

  function stop() {
    if (playing) state.change();
    clearInterval(playing);
    playing = null;
    play.textContent = "▶";
    play.setAttribute("aria-label", "Play through time");
  }

  function run() {
    if (playing) return stop();
    const [start, end] = state.days();
    if (end === state.full[1]) setRange(start, start);
    play.textContent = "❚❚";
    play.setAttribute("aria-label", "Pause");
    playing = setInterval(() => {
      const [, now] = state.days();
      if (now >= state.full[1]) return stop();
      setRange(start, next(now, 1));
    }, still.matches ? 1200 : 700);
  }

  function dot(node, left) {
    return el("button", {
      type: "button", class: `event ${node.factuality}`, "data-id": node.id, tabindex: -1,
      title: `${node.name} · ${node.date ?? "undated"}`,
      style: { left, "--colour": data.type(node).colour },
      onclick: () => newsloom.select(node.id),
    });
  }

  // A lane's dots; events of one day stand beside one another, and the first has its name where there is room.
  function row(lane) {
    const line = el("div", { class: "dots" });
    const nodes = lane.events.map((id) => data.nodes.get(id)).filter((node) => node.number !== null);
    const byDay = new Map();
    for (const node of nodes) byDay.set(node.number, [...(byDay.get(node.number) ?? []), node]);
    const taken = [...byDay.keys()].sort((a, b) => a - b);
    taken.forEach((day, at) => {
      const own = byDay.get(day);
      own.forEach((node, number) => {
        line.append(dot(node, `calc(${share.get(day) * 100}% + ${Math.min(number, 7) * 6}px)`));
      });
      const end = at + 1 < taken.length ? share.get(taken[at + 1]) : 1.06;
      const shift = Math.min(own.length - 1, 7) * 6 + 10;
      if ((end - share.get(day)) * 820 - shift < 54) return;
      line.append(el("span", {
        class: "name",
        style: { left: `calc(${share.get(day) * 100}% + ${shift}px)`, width: `calc(${(end - share.get(day)) * 100}% - ${shift + 8}px)` },
      }, own.length > 1 ? `${own[0].name} +${own.length - 1}` : own[0].name));
    });
    return el("div", { class: "row" }, el("span", { class: "lane" }, lane.name), line);
  }

  function scale() {
    const line = el("div", { class: "dots" });
    let last = -1;
    for (const day of days) {
      if (share.get(day) - last < 0.1) continue;
      last = share.get(day);
      line.append(el("span", { class: "tick", style: { left: `${last * 100}%` } }, data.iso(day)));
    }
    return el("div", { class: "row scale" }, el("span", { class: "lane" }), line);
  }

  function load() {
    measure();
    document.getElementById("time").hidden = !days.length;
    const dated = data.lanes.filter((lane) => lane.events.some((id) => data.nodes.get(id).number !== null));
    strip.replaceChildren(...dated.map(row), scale());
  }

  function start() {
    handle(low, 0);
    handle(high, 1);
    play.addEventListener("click", run);
    state.follow(show);
  }

  return { start, load, stop };
})();
