"use strict";
// The header: search, legend chips that filter, types and status.
newsloom.filters = (() => {
  const { data, state, el, views, canvas, panel } = newsloom;
  const search = document.getElementById("search");
  const groupNames = { causes: "Causes", part: "Takes part", located: "Located", order: "Order", ties: "Ties", reports: "Reports" };

  function chip(on, mark, label, toggle) {
    const button = el("button", { type: "button", class: "chip", "aria-pressed": String(on) }, mark, el("span", {}, label));
    button.addEventListener("click", () => {
      const now = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(now));
      toggle(now);
    });
    return button;
  }

  function kinds() {
    for (const [kind, name] of Object.entries(panel.kindNames)) {
      const count = data.count(kind);
      if (!count) continue;
      const mark = el("span", { class: `dot ${kind}`, "aria-hidden": "true" });
      document.getElementById("kinds").append(chip(state.kinds[kind], mark, `${name} ${count}`, (now) => {
        state.change({ kinds: { ...state.kinds, [kind]: now } });
        if (kind === "article") canvas.fit();
      }));
    }
  }

  function groups() {
    const present = new Set(data.drawing.edges.map((edge) => edge.group));
    for (const [group, name] of Object.entries(groupNames)) {
      if (!present.has(group)) continue;
      const mark = el("span", { class: "line", "aria-hidden": "true", style: { "--colour": canvas.groupColours[group][0] } });
      document.getElementById("groups").append(chip(state.groups[group], mark, name, (now) =>
        state.change({ groups: { ...state.groups, [group]: now } })));
    }
  }

  const tally = (values) => {
    const counts = new Map();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1]);
  };

  function boxes(title, entries, off, mark, label) {
    const inputs = [];
    const apply = () => {
      off.clear();
      for (const input of inputs) if (!input.checked) off.add(input.value);
      document.getElementById("types").classList.toggle("active", state.typesOff.size + state.factualityOff.size > 0);
      state.change({});
    };
    const rows = entries.map(([value, count]) => {
      const input = el("input", { type: "checkbox", value, checked: true, onchange: apply });
      inputs.push(input);
      return el("label", {}, input, mark(value), el("span", {}, label(value)), el("small", {}, String(count)));
    });
    const all = (checked) => el("button", { type: "button", onclick: () => {
      for (const input of inputs) input.checked = checked;
      apply();
    } }, checked ? "all" : "none");
    return el("fieldset", {}, el("legend", {}, title), el("p", { class: "all" }, all(true), all(false)), rows);
  }

  // A small box with the border that events of a status have on the canvas.
  function frame(dashes) {
    const svg = (tag, attributes) => {
      const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      return element;
    };
    const picture = svg("svg", { class: "frame", width: 24, height: 13, "aria-hidden": "true" });
    picture.append(svg("rect", { x: 1, y: 1, width: 22, height: 11, rx: 3, "stroke-dasharray": dashes ? dashes.join(" ") : "none" }));
    return picture;
  }

  function types() {
    const events = data.view.order.map((id) => data.nodes.get(id));
    const swatch = (value) => el("span", { class: "swatch", style: { "--colour": data.view.types[value].colour } });
    const border = (value) => frame(canvas.borders[value]);
    document.querySelector("#types .popover").append(
      boxes("Event types", tally(events.map((node) => node.type)), state.typesOff, swatch, (value) => data.view.types[value].label),
      boxes("Status", tally(events.map((node) => node.factuality)), state.factualityOff, border, (value) => value),
    );
    const details = document.getElementById("types");
    document.addEventListener("click", (event) => {
      if (!details.contains(event.target)) details.open = false;
    });
  }

  function start() {
    kinds();
    groups();
    types();
    let waiting;
    search.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => state.change({ selected: null, query: search.value }), 80);
    });
    document.getElementById("fit").addEventListener("click", () => views.current().fit());
    document.getElementById("png").addEventListener("click", () => views.current().picture());
  }

  return { start, search };
})();
