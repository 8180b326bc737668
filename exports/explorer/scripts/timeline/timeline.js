"use strict";
// The view of days: events in the lanes of their stories along a calendar, from millennia to single days.
newsloom.timeline = (() => {
  const { data, state, el, plural, views, moments, chart, calendar, panel } = newsloom;
  const element = el("section", { id: "timeline", "aria-label": "Timeline" });
  const box = el("div", { class: "days" });
  const note = el("p", { class: "told", "aria-live": "off" });
  const [earlier, later] = [-1, 1].map((side) => el("button", { type: "button", hidden: true, onclick: () => beyond(side) }));
  const unknown = el("section", { class: "undated", "aria-label": "Events of which no day is known" });
  const MOST_UNDATED = 60;
  const MOST_ALONE = 500; // where no event has a day
  const OUTSIDE = 0.05; // of many events may stand before the first window, and as many after it
  const MANY = 50;
  const LANES = 132; // pixels of the names of the lanes
  const LAST = 235; // pixels for the name of the last event
  let all = null; // what `moments` finds
  let shown = []; // the lanes with what is visible of them
  let opened = new Set(); // lanes that show all their rows
  let list = null;
  let waiting = 0;

  const selected = () => (state.selected?.kind === "node" ? state.selected.id : null);
  const visible = () => shown.flatMap((lane) => lane.moments);

  function findShown() {
    shown = all.lanes
      .map(({ name, moments: own }, number) => ({ name, number, moments: own.filter(({ id }) => state.visible.has(id)) }))
      .filter((lane) => lane.moments.length);
  }

  // Events that have to be seen: the selected one, its causes and effects.
  function wanted() {
    const id = selected();
    return new Set(id ? [id, ...data.causesOf(id).map((step) => step.id), ...data.effectsOf(id).map((step) => step.id)] : []);
  }

  function arrange() {
    const lanes = new Set(shown.flatMap((lane, at) => (opened.has(lane.number) ? [at] : [])));
    chart.arrange(shown, { wanted: wanted(), opened: lanes });
    tell();
  }

  function refresh() {
    if (!chart.ready() || !all) return;
    findShown();
    element.classList.toggle("dayless", !all.dated.size); // nothing to draw: the list has all of the room
    arrange();
    listUndated();
    const current = selected() && chart.chip(selected());
    if (current?.isConnected) list.setAttribute("aria-activedescendant", current.id);
    else list.removeAttribute("aria-activedescendant");
  }

  // The window moved: packed anew where the scale is another or more is to be seen, while it moves not too often.
  function moved(isOver) {
    if (!all || !chart.layout()) return;
    const ratio = chart.scale() / chart.layout().scale;
    const limit = isOver ? 1.001 : 1.1;
    const isSame = ratio < limit && ratio > 1 / limit && chart.isCovered();
    if (isOver) {
      clearTimeout(waiting);
      waiting = 0;
      if (isSame) tell();
      else arrange();
    } else if (!isSame && !waiting) {
      waiting = setTimeout(() => {
        waiting = 0;
        arrange();
      }, 60);
    }
  }

  // What is in the window, what is only counted, what lies outside.
  function tell() {
    const [start, end] = chart.range();
    const isSeen = ({ from, to }) => to > start && from < end;
    const lanes = chart.layout().lanes;
    const named = lanes.flatMap(({ rows }) => rows.flat()).filter(isSeen).length;
    const counted = lanes.flatMap(({ counts }) => counts.flatMap((count) => count.moments)).filter(isSeen).length;
    const own = visible();
    note.textContent = [
      `${plural(named, "event")} named`,
      counted ? `${counted.toLocaleString("en")} more counted as “+”` : null,
    ].filter(Boolean).join(", ");
    for (const [button, count, words] of [
      [earlier, own.filter(({ to }) => to <= start).length, "earlier"],
      [later, own.filter(({ from }) => from >= end).length, "later"],
    ]) {
      button.hidden = !count;
      button.textContent = words === "earlier" ? `◀ ${count.toLocaleString("en")} ${words}` : `${count.toLocaleString("en")} ${words} ▶`;
    }
  }

  // Moves to the nearest events outside the window.
  function beyond(side) {
    const [start, end] = chart.range();
    const times = visible().filter(({ from, to }) => (side < 0 ? to <= start : from >= end)).map(({ from }) => from).sort((a, b) => a - b);
    const time = side < 0 ? times.at(-1) : times[0];
    const length = end - start;
    const left = side < 0 ? time - length * 0.7 : time - length * 0.2;
    chart.lookAt(left, left + length);
  }

  function listUndated() {
    const events = all.undated.filter(({ id }) => state.visible.has(id));
    unknown.hidden = !events.length;
    const isOpen = unknown.querySelector("details")?.open ?? !window.matchMedia("(max-width: 820px)").matches;
    const items = events.slice(0, all.dated.size ? MOST_UNDATED : MOST_ALONE).map((node) => {
      const button = panel.jump(node, node.phrase ? `“${node.phrase}”` : null);
      button.setAttribute("aria-current", String(node.id === selected()));
      return el("li", { class: state.focus && !state.focus.has(node.id) ? "faded" : null }, button);
    });
    const rest = events.length - items.length;
    unknown.replaceChildren(
      el("details", { open: isOpen || !all.dated.size },
        el("summary", {}, `No day known: ${plural(events.length, "event")}${all.dated.size ? "" : ", so none stands on a calendar"}`),
        el("ul", { class: "list" }, items, rest > 0 ? el("li", { class: "none" }, `and ${rest.toLocaleString("en")} more: see the table`) : null)),
    );
  }

  // All that is visible but for some of the first and the last, with room for the names.
  function fit(outside = 0, isJump) {
    const own = visible();
    if (!own.length) return;
    opened = new Set();
    const starts = own.map(({ from }) => from).sort((a, b) => a - b);
    const ends = own.map(({ to }) => to).sort((a, b) => a - b);
    const margin = own.length >= MANY ? Math.floor(own.length * outside) : 0;
    frame(starts[margin], ends[ends.length - 1 - margin], isJump);
  }

  function frame(start, end, isJump) {
    const length = Math.max(end - start, 4 * calendar.DAY);
    const { width } = box.getBoundingClientRect();
    const room = Math.min(LAST, width / 4);
    const names = (length * room) / Math.max(140, width - LANES - room);
    chart.lookAt(start - length * 0.03, start + length + names, isJump);
  }

  // Looks at what a count stands for: its days, or, where these are seen singly, all rows of its lane.
  function openCount(count) {
    const [start, end] = chart.range();
    if (count.to - count.from > calendar.DAY * 1.5 && count.to - count.from < (end - start) * 0.6) return frame(count.from, count.to);
    if (end - start > 8 * calendar.DAY) return frame(count.from, count.to);
    opened.add(count.lane);
    return arrange();
  }

  function openLane(number) {
    const own = shown.find((lane) => lane.number === number).moments;
    opened = new Set();
    frame(own[0].from, own.reduce((last, { to }) => Math.max(last, to), -Infinity));
  }

  function zoom(factor) {
    const [start, end] = chart.range();
    const own = all.dated.get(selected());
    const middle = own && own.to > start && own.from < end ? Math.min(end, Math.max(start, (own.from + own.to) / 2)) : (start + end) / 2;
    chart.lookAt(middle - (middle - start) * factor, middle + (end - middle) * factor);
  }

  function show(id) {
    if (!chart.ready() || !all) return;
    const own = all.dated.get(id);
    if (!own) unknown.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" });
    else {
      const [start, end] = chart.range();
      const length = end - start;
      if (own.from < start || own.from > end - length * 0.15) chart.lookAt(own.from - length * 0.4, own.from + length * 0.6);
    }
  }

  // The next or the last event in time that is shown.
  function step(by) {
    const ids = [...visible()].sort((a, b) => a.from - b.from || data.order.get(a.id) - data.order.get(b.id)).map(({ id }) => id);
    ids.push(...all.undated.filter(({ id }) => state.visible.has(id)).map(({ id }) => id));
    const at = ids.indexOf(selected());
    const next = at < 0 ? (by > 0 ? 0 : ids.length - 1) : Math.min(ids.length - 1, Math.max(0, at + by));
    if (ids.length) newsloom.select(ids[next]);
  }

  const inside = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    PageDown: () => step(10),
    PageUp: () => step(-10),
    Home: () => step(-Infinity),
    End: () => step(Infinity),
  };

  const keys = { "+": () => zoom(0.5), "=": () => zoom(0.5), "-": () => zoom(2) };

  const help = [
    ["↑ ↓", "on the events: to the one before or after in time"],
    ["Page↑ Page↓", "ten events back or on"],
    ["Home End", "to the first or the last"],
    ["+", "closer"],
    ["-", "farther"],
  ];

  async function draw() {
    const sign = (text, name, act) => el("button", { type: "button", "aria-label": name, title: name, onclick: act }, text);
    element.append(
      box,
      el("div", { class: "foot" }, earlier, note, later, el("div", { class: "nearer" }, sign("−", "Zoom out", keys["-"]), sign("+", "Zoom in", keys["+"]))),
      unknown,
    );
    list = await chart.begin(box, moved);
    newsloom.typing(list, inside);
    new ResizeObserver(() => {
      if (all && !element.inert) arrange();
    }).observe(box);
  }

  async function open() {
    if (!chart.ready()) await draw();
    if (all) return;
    all = moments.find();
    findShown();
    fit(OUTSIDE, true);
    refresh();
    if (selected()) show(selected());
  }

  function load() {
    all = null;
    opened = new Set();
    chart.forget();
  }

  views.add("timeline", { label: "Timeline", key: "5", element, load, open, refresh, fit: () => fit(), show, keys, help, svg: async () => newsloom.timelineDrawing.draw(box) });
  return { open: openCount, openLane };
})();
