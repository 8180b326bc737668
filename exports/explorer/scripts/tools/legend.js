"use strict";
// The row under the header: the kinds of nodes and lines, which can be switched off, and every filter in use, to be taken off.
newsloom.legend = (() => {
  const { data, source, state, el, plural, views, look, panel } = newsloom;
  const groupNames = { causes: "Causes", part: "Takes part", located: "Located", order: "Order", ties: "Ties", reports: "Reports" };
  const filters = document.getElementById("filters");
  let chips = []; // [field, name, button]

  function chip(field, name, mark, label) {
    const button = el("button", { type: "button", class: "chip" }, mark, el("span", {}, label));
    button.addEventListener("click", () => {
      state.change({ [field]: { ...state[field], [name]: !state[field][name] } });
      if (name === "article") views.current().fit();
    });
    return [field, name, button];
  }

  const dot = (kind) => el("span", { class: `dot ${kind}`, "aria-hidden": "true" });
  const line = (group) =>
    el("span", { class: "line", "aria-hidden": "true", style: { "--colour": `light-dark(${look.groups[group].join(",")})` } });

  function load() {
    const groups = new Set([...data.edges.values()].map((edge) => edge.group));
    const kinds = Object.entries(panel.kindNames).map(([kind, name]) => [kind, name, data.count(kind)]);
    chips = [
      ...kinds.filter(([, , count]) => count).map(([kind, name, count]) => chip("kinds", kind, dot(kind), `${name} ${count.toLocaleString("en")}`)),
      ...Object.entries(groupNames).filter(([group]) => groups.has(group)).map(([group, name]) => chip("groups", group, line(group), name)),
    ];
    for (const field of ["kinds", "groups"]) {
      document.getElementById(field).replaceChildren(...chips.filter(([of]) => of === field).map(([, , button]) => button));
    }
  }

  const named = (id) => data.nodes.get(id)?.name ?? id;

  // Every filter in use: its words, and the change that takes it off.
  function inUse() {
    const [from, to] = state.days().map(data.iso);
    const without = (field, id) => new Set([...state[field]].filter((other) => other !== id));
    const off = (field, word) => state[field].size && [`${plural(state[field].size, word)} off`, { [field]: new Set() }];
    const each = (field) => [...state[field]].map((id) => [named(id), { [field]: without(field, id) }]);
    return [
      state.query && [`“${state.query}”`, { query: "" }],
      state.range && [from === to ? from : `${from} to ${to}`, { range: null }],
      off("typesOff", "type"),
      off("factualityOff", "status"),
      off("modesOff", "mode"),
      off("sourcesOff", "source"),
      state.least && [`confidence ${Math.round(state.least * 100)} %`, { least: 0 }],
      ...each("actors"),
      ...each("places"),
      state.only && [`only ${plural(state.only.size, "node")}`, { only: null, added: new Set() }],
      state.hidden.size && [`${state.hidden.size.toLocaleString("en")} hidden`, { hidden: new Set() }],
    ].filter(Boolean);
  }

  function taken([words, patch]) {
    const name = newsloom.words.cut(words, 40);
    return el("button", { type: "button", class: "chip taken", title: "Take this filter off", "aria-label": `Take off: ${name}`, onclick: () => state.change(patch) },
      el("bdi", {}, name), el("span", { "aria-hidden": "true" }, "×"));
  }

  function show() {
    for (const [field, name, button] of chips) button.setAttribute("aria-pressed", String(state[field][name]));
    const used = inUse();
    const all = used.length > 1
      ? [el("button", { type: "button", class: "chip taken", onclick: () => state.change(Object.assign({}, ...used.map(([, patch]) => patch), { actors: new Set(), places: new Set() })) }, "Take all off")]
      : [];
    document.getElementById("active").replaceChildren(...used.map(taken), ...all);
    filters.classList.toggle("active", used.length > 0);
  }

  // Which part is open, where there are several.
  function parts() {
    const { parts: listed } = source.manifest;
    const label = document.getElementById("parts");
    const select = label.querySelector("select");
    const back = document.getElementById("back");
    label.hidden = listed.length < 2;
    select.replaceChildren(...listed.map(({ name, title, events }) =>
      el("option", { value: name }, events ? `${title} (${events.toLocaleString("en")})` : title)));
    select.addEventListener("change", () => newsloom.openPart(select.value));
    back.addEventListener("click", newsloom.openOverview);
    state.follow(() => {
      const known = listed.some(({ name }) => name === state.part);
      select.querySelector("[data-extra]")?.remove();
      if (!known) select.append(el("option", { value: state.part, "data-extra": true }, data.view.title)); // made by a server
      select.value = state.part;
      back.hidden = state.part === source.manifest.first;
    });
  }

  function start() {
    parts();
    state.follow(show);
  }

  return { start, load };
})();
