"use strict";
// The header: search, legend chips that filter, types and status.
newsloom.filters = (() => {
  const { data, state, el, svg, views, look, panel } = newsloom;
  const search = document.getElementById("search");
  const groupNames = { causes: "Causes", part: "Takes part", located: "Located", order: "Order", ties: "Ties", reports: "Reports" };

  const chips = []; // [field, name, button]
  const inputs = []; // [field, input]: checked where the value is not in the set

  function chip(mark, label, toggle) {
    const button = el("button", { type: "button", class: "chip" }, mark, el("span", {}, label));
    button.addEventListener("click", () => toggle(button.getAttribute("aria-pressed") !== "true"));
    return button;
  }

  function kinds() {
    for (const [kind, name] of Object.entries(panel.kindNames)) {
      const count = data.count(kind);
      if (!count) continue;
      const mark = el("span", { class: `dot ${kind}`, "aria-hidden": "true" });
      chips.push(["kinds", kind, chip(mark, `${name} ${count}`, (now) => {
        state.change({ kinds: { ...state.kinds, [kind]: now } });
        if (kind === "article") views.current().fit();
      })]);
    }
  }

  function groups() {
    const present = new Set([...data.edges.values()].map((edge) => edge.group));
    for (const [group, name] of Object.entries(groupNames)) {
      if (!present.has(group)) continue;
      const mark = el("span", { class: "line", "aria-hidden": "true", style: { "--colour": `light-dark(${look.groups[group].join(",")})` } });
      chips.push(["groups", group, chip(mark, name, (now) => state.change({ groups: { ...state.groups, [group]: now } }))]);
    }
  }

  const tally = (values) => {
    const counts = new Map();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1]);
  };

  function boxes(title, field, entries, mark, label) {
    const toggle = (value, on) => {
      const off = new Set(state[field]);
      if (on) off.delete(value);
      else off.add(value);
      state.change({ [field]: off });
    };
    const rows = entries.map(([value, count]) => {
      const input = el("input", { type: "checkbox", value, onchange: () => toggle(value, input.checked) });
      inputs.push([field, input]);
      return el("label", {}, input, mark(value), el("span", {}, label(value)), el("small", {}, String(count)));
    });
    const all = (on) => el("button", { type: "button", onclick: () =>
      state.change({ [field]: new Set(on ? [] : entries.map(([value]) => value)) }) }, on ? "all" : "none");
    return el("fieldset", {}, el("legend", {}, title), el("p", { class: "all" }, all(true), all(false)), rows);
  }

  // A small box with the border that events of a status have on the canvas.
  function frame(dashes) {
    const picture = svg("svg", { class: "frame", width: 24, height: 13, "aria-hidden": "true" });
    picture.append(svg("rect", { x: 1, y: 1, width: 22, height: 11, rx: 3, "stroke-dasharray": dashes ? dashes.join(" ") : "none" }));
    return picture;
  }

  function types() {
    const swatch = (value) => el("span", { class: "swatch", style: { "--colour": data.view.types[value].colour } });
    const border = (value) => frame(look.borders[value]);
    document.querySelector("#types .popover").replaceChildren(
      boxes("Event types", "typesOff", tally(data.events.map((node) => node.type)), swatch, (value) => data.view.types[value].label),
      boxes("Status", "factualityOff", tally(data.events.map((node) => node.factuality)), border, (value) => value),
    );
  }

  // What the filters say of what is chosen.
  function show() {
    for (const [field, name, button] of chips) button.setAttribute("aria-pressed", String(state[field][name]));
    for (const [field, input] of inputs) input.checked = !state[field].has(input.value);
    document.getElementById("types").classList.toggle("active", state.typesOff.size + state.factualityOff.size > 0);
    if (document.activeElement !== search) search.value = state.query;
  }

  function load() {
    chips.length = inputs.length = 0;
    kinds();
    groups();
    for (const field of ["kinds", "groups"]) {
      document.getElementById(field).replaceChildren(...chips.filter(([of]) => of === field).map(([, , button]) => button));
    }
    types();
  }

  function start() {
    let waiting;
    search.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => state.change({ selected: null, query: search.value }), 80);
    });
    const details = document.getElementById("types");
    document.addEventListener("click", (event) => {
      if (!details.contains(event.target)) details.open = false;
    });
    state.follow(show);
  }

  return { start, load, search };
})();
