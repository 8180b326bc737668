"use strict";
// What may be switched off or asked for: types, statuses, modes, sources, how sure, whose and where. The list of types
// and statuses is the legend of their colours and borders as well.
newsloom.filters = (() => {
  const { data, state, el, svg, look } = newsloom;
  const search = document.getElementById("search");
  const popover = document.querySelector("#filters .popover");
  const FOUND = 8; // actors or places that are offered at once
  let shown = []; // what each of the fields does when the state changed

  const tally = (values) => {
    const counts = new Map();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1]);
  };

  const row = (input, mark, label, count) =>
    el("label", {}, input, mark, el("span", {}, el("bdi", {}, label)), el("small", {}, count.toLocaleString("en")));

  // A list of values that can be switched off; nothing where there is only one.
  function boxes(title, field, counts, mark, label) {
    if (counts.length < 2) return null;
    const toggle = (value, on) => {
      const off = new Set(state[field]);
      if (on) off.delete(value);
      else off.add(value);
      state.change({ [field]: off });
    };
    const rows = counts.map(([value, count]) => {
      const input = el("input", { type: "checkbox", value, onchange: () => toggle(value, input.checked) });
      shown.push(() => {
        input.checked = !state[field].has(value);
      });
      return row(input, mark(value), label(value), count);
    });
    const all = (on) => el("button", { type: "button", onclick: () =>
      state.change({ [field]: new Set(on ? [] : counts.map(([value]) => value)) }) }, on ? "all" : "none");
    return el("fieldset", {}, el("legend", {}, title), el("p", { class: "all" }, all(true), all(false)), el("div", { class: "rows" }, rows));
  }

  // A small box with the border that events of a status have.
  function frame(dashes) {
    const lines = dashes ? dashes.join(" ") : "none";
    return svg("svg", { class: "frame", width: 24, height: 13, "aria-hidden": "true" },
      svg("rect", { x: 1, y: 1, width: 22, height: 11, rx: 3, "stroke-dasharray": lines }));
  }

  function sureness() {
    const output = el("output", {});
    const input = el("input", { type: "range", min: 0, max: 100, step: 5, "aria-label": "Least confidence in percent" });
    const set = (step) => state.change({ least: Number(input.value) / 100 }, { step });
    input.addEventListener("input", () => set(false));
    input.addEventListener("change", () => set(true));
    shown.push(() => {
      input.value = Math.round(state.least * 100);
      output.textContent = state.least ? `at least ${input.value} %` : "any";
    });
    return el("fieldset", {}, el("legend", {}, "Confidence"), el("div", { class: "sure" }, input, output));
  }

  // Actors or places to ask for: those chosen, and those whose name has what is typed, the most tied first.
  function picker(title, field, kind) {
    const all = [...data.nodes.values()].filter((node) => node.kind === kind);
    if (!all.length) return null;
    all.sort((a, b) => b.degree - a.degree || (a.name < b.name ? -1 : 1));
    const rows = el("div", { class: "rows" });
    const words = el("input", { type: "search", placeholder: `Find ${kind}s`, "aria-label": `Find ${kind}s to filter by`, oninput: fill });
    const toggle = (id, on) => {
      const wanted = new Set(state[field]);
      if (on) wanted.add(id);
      else wanted.delete(id);
      state.change({ [field]: wanted });
    };
    function fill() {
      const sought = words.value.trim().toLocaleLowerCase();
      const chosen = all.filter(({ id }) => state[field].has(id));
      const fitting = all.filter(({ id, name }) => !state[field].has(id) && name.toLocaleLowerCase().includes(sought));
      rows.replaceChildren(...[...chosen, ...fitting.slice(0, FOUND)].map(({ id, name, degree }) => {
        const input = el("input", { type: "checkbox", checked: state[field].has(id), onchange: () => toggle(id, input.checked) });
        return row(input, el("span", { class: `dot ${kind}`, "aria-hidden": "true" }), name, degree);
      }));
    }
    let before = null;
    shown.push(() => {
      const now = [...state[field]].join("\n");
      if (before !== now) fill();
      before = now;
    });
    return el("fieldset", {}, el("legend", {}, title), words, rows);
  }

  function sources() {
    const told = data.view.articles.map(({ source }) => source || "");
    return boxes("Sources", "sourcesOff", tally(told), () => null, (value) => value || "unknown");
  }

  function load() {
    shown = [];
    const { events, view } = data;
    const swatch = (value) => el("span", { class: "swatch", style: { "--colour": view.types[value].colour } });
    const modes = events.map(({ mode }) => mode).filter(Boolean);
    popover.replaceChildren(...[
      boxes("Event types", "typesOff", tally(events.map(({ type }) => type)), swatch, (value) => view.types[value].label),
      boxes("Status", "factualityOff", tally(events.map(({ factuality }) => factuality)), (value) => frame(look.borders[value]), (value) => value),
      sureness(),
      picker("Actors", "actors", "actor"),
      picker("Places", "places", "place"),
      boxes("Modes", "modesOff", tally(modes), () => null, (value) => value),
      sources(),
    ].filter(Boolean));
  }

  function show() {
    for (const field of shown) field();
    if (document.activeElement !== search) search.value = state.query;
  }

  function start() {
    let waiting;
    search.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => state.change({ selected: null, query: search.value }), 80);
    });
    state.follow(show);
  }

  return { start, load, search };
})();
