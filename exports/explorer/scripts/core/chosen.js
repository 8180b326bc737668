"use strict";
// What the reader chose, as plain values: what it is at first, and how it is written into an address and read back.
newsloom.chosen = (() => {
  const { data } = newsloom;
  const KINDS = { event: true, actor: true, place: true, article: false };
  const GROUPS = { causes: true, part: true, located: true, order: false, ties: true, reports: false };
  const SETS = ["picked", "typesOff", "modesOff", "factualityOff", "sourcesOff", "actors", "places", "hidden", "pinned", "added"];

  // Everything that a view, an undo and an address are about.
  const first = () => ({
    view: "story",
    part: newsloom.source.manifest.first,
    selected: null, // {kind: "node" | "edge" | "pair" | "path", id, other?}
    kinds: { ...KINDS },
    groups: { ...GROUPS },
    least: 0, // confidence
    query: "",
    range: null, // [from, to] as numbers of days, or null: all of it
    only: null, // ids, or null: everything
    size: "degree",
    theme: null, // "light", "dark", or null: as the system has it
    ...Object.fromEntries(SETS.map((name) => [name, new Set()])),
  });

  const list = (ids) => [...ids].map(encodeURIComponent).join(",");
  const unlist = (text) => new Set(text.split(",").filter(Boolean).map(decodeURIComponent));
  const off = (all, defaults) => Object.keys(all).filter((name) => all[name] !== defaults[name]);

  // An address without its "#": only what differs from the first state; "" when nothing does.
  function write(state) {
    const plain = first();
    const parts = [];
    const add = (name, value) => parts.push(`${name}=${value}`);
    for (const name of ["view", "part", "least", "size"]) if (state[name] !== plain[name]) add(name, encodeURIComponent(state[name]));
    if (state.theme) add("theme", state.theme);
    if (state.selected) {
      const { kind, id, other } = state.selected;
      add(kind, [id, other].filter(Boolean).map(encodeURIComponent).join(","));
    }
    if (state.query) add("query", encodeURIComponent(state.query));
    if (state.range) add("days", state.range.map(data.iso).join(","));
    if (state.only) add("only", list(state.only));
    for (const name of SETS) if (state[name].size) add(name, list(state[name]));
    for (const [name, defaults] of [["kinds", KINDS], ["groups", GROUPS]]) {
      const changed = off(state[name], defaults);
      if (changed.length) add(name, list(changed));
    }
    return parts.join("&");
  }

  const readers = {
    ...Object.fromEntries(SETS.map((name) => [name, (text) => ({ [name]: unlist(text) })])),
    view: (text) => ({ view: decodeURIComponent(text) }),
    part: (text) => ({ part: decodeURIComponent(text) }),
    size: (text) => ({ size: text === "importance" ? "importance" : "degree" }),
    theme: (text) => ({ theme: text === "dark" ? "dark" : "light" }),
    least: (text) => ({ least: Math.min(1, Math.max(0, Number(text) || 0)) }),
    query: (text) => ({ query: decodeURIComponent(text) }),
    only: (text) => ({ only: unlist(text) }),
    days: (text) => {
      const range = text.split(",").map(data.number);
      return range.length === 2 && range.every(Number.isFinite) ? { range } : {};
    },
    kinds: (text) => ({ kinds: toggled(KINDS, unlist(text)) }),
    groups: (text) => ({ groups: toggled(GROUPS, unlist(text)) }),
  };
  for (const kind of ["node", "edge", "pair", "path"]) {
    readers[kind] = (text) => {
      const [id, other] = text.split(",").map(decodeURIComponent);
      return { selected: other === undefined ? { kind, id } : { kind, id, other } };
    };
  }

  const toggled = (defaults, changed) =>
    Object.fromEntries(Object.entries(defaults).map(([name, on]) => [name, changed.has(name) ? !on : on]));

  // What an address says, as a whole state; what cannot be read is as at first. A bare id selects that node.
  function read(text) {
    const state = first();
    if (text && !/^[a-zA-Z]+=/.test(text)) return { ...state, selected: { kind: "node", id: decode(text) } };
    for (const part of text.split("&")) {
      const at = part.indexOf("=");
      const name = part.slice(0, at);
      if (at < 1 || !Object.hasOwn(readers, name)) continue;
      try {
        Object.assign(state, readers[name](part.slice(at + 1)));
      } catch {
        // A damaged part of an address is left out.
      }
    }
    return state;
  }

  function decode(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  return { first, write, read, names: Object.keys(first()) };
})();
