"use strict";
// What is chosen, and what follows from it: which nodes are shown, which stand out. Every step can be undone.
newsloom.state = (() => {
  const { data, chosen } = newsloom;
  const listeners = [];
  const past = []; // addresses, the last one that of now
  const future = [];

  const state = {
    ...chosen.first(),
    full: [0, 0], // the first and the last day of the part
    visible: new Set(),
    matches: null, // Map id -> "name" or the number of a sentence; null when nothing is sought
    focus: null, // Map id -> "self" | "near" | "chain"; null when nothing is selected
  };

  const range = () => state.range ?? state.full;
  const isNarrowed = () => range()[0] > state.full[0] || range()[1] < state.full[1];

  function isEventShown(node) {
    if (state.typesOff.has(node.type) || state.factualityOff.has(node.factuality)) return false;
    if (node.mode && state.modesOff.has(node.mode)) return false;
    const [from, to] = range();
    if (node.number === null ? isNarrowed() : node.number < from || node.number > to) return false;
    return isFromSource(node) && hasOne(node, state.actors) && hasOne(node, state.places);
  }

  // Where some of the sources are switched off, an event needs one of the others.
  function isFromSource(node) {
    if (!state.sourcesOff.size) return true;
    return node.evidence.some(({ sentence }) => {
      const article = data.view.articles[data.view.sentences[sentence][0]];
      return !state.sourcesOff.has(article.source || "");
    });
  }

  const hasOne = (node, wanted) => !wanted.size || data.at(node.id).some((relation) => wanted.has(data.other(relation, node.id)));

  function findVisible() {
    const events = new Set(data.events.filter(isEventShown).map(({ id }) => id));
    const visible = new Set(state.kinds.event ? events : []);
    for (const node of data.nodes.values()) {
      if (node.kind === "event" || !state.kinds[node.kind]) continue;
      const ofEvents = data.at(node.id).map((relation) => data.other(relation, node.id)).filter((id) => data.nodes.get(id).kind === "event");
      if (!ofEvents.length || ofEvents.some((id) => events.has(id))) visible.add(node.id);
    }
    const kept = state.only ? new Set([...state.only].filter((id) => visible.has(id))) : visible;
    for (const id of [...state.pinned, ...state.added]) if (data.nodes.has(id)) kept.add(id);
    for (const id of state.hidden) kept.delete(id);
    return kept;
  }

  const isLineShown = (edge) =>
    state.groups[edge.group] && edge.confidence >= state.least && state.visible.has(edge.from) && state.visible.has(edge.to);

  function reach(id, next, focus) {
    const open = [id];
    while (open.length) {
      for (const step of next(open.pop())) {
        if (focus.has(step.id)) continue;
        focus.set(step.id, "chain");
        open.push(step.id);
      }
    }
  }

  const around = {
    edge: ({ id }) => {
      const edge = data.edges.get(id);
      return new Map([[edge.from, "near"], [edge.to, "near"]]);
    },
    pair: ({ id, other }) => {
      const focus = new Map([[id, "self"], [other, "self"]]);
      const own = (actor) => new Set(data.at(actor).map((relation) => data.other(relation, actor)));
      const others = own(other);
      for (const event of own(id)) if (others.has(event) && data.order.has(event)) focus.set(event, "near");
      return focus;
    },
    path: ({ id, other }) => {
      const way = newsloom.paths.between(id, other);
      return new Map((way?.nodes ?? [id, other]).map((node) => [node, node === id || node === other ? "self" : "near"]));
    },
    node: ({ id }) => {
      const focus = new Map([[id, "self"]]);
      reach(id, data.causesOf, focus);
      reach(id, data.effectsOf, focus);
      for (const relation of data.at(id)) {
        const other = data.other(relation, id);
        if (state.groups[data.relationType(relation).group] && other !== id) focus.set(other, "near");
      }
      return focus;
    },
  };

  function findFocus() {
    if (state.selected) return around[state.selected.kind](state.selected);
    return state.picked.size ? new Map([...state.picked].map((id) => [id, "self"])) : null;
  }

  // What an address or an older step names may not be in this part.
  function isKnown(selected) {
    if (!selected) return false;
    if (selected.kind === "edge") return data.edges.has(selected.id);
    return data.nodes.has(selected.id) && (!("other" in selected) || data.nodes.has(selected.other));
  }

  let sought = null; // the words that `matches` are of

  function derive() {
    if (!isKnown(state.selected)) state.selected = null;
    state.visible = findVisible();
    state.focus = findFocus();
    if (sought !== state.query) state.matches = newsloom.search.find(state.query);
    sought = state.query;
  }

  // Changes some of what is chosen. A change is a step that can be undone, unless `step` is false.
  function change(patch = {}, { step = true } = {}) {
    Object.assign(state, patch);
    derive();
    if (step) remember();
    for (const listener of listeners) listener(state, patch);
  }

  function remember() {
    const now = chosen.write(state);
    if (past.at(-1) === now) return;
    past.push(now);
    future.length = 0;
    write(now);
  }

  // Some pages have no address of their own (a frame in a notebook): there it is left alone.
  function write(address) {
    try {
      if (location.hash.slice(1) !== address) location.hash = address;
    } catch {
      return;
    }
  }

  function restore(address) {
    return newsloom.restore(chosen.read(address));
  }

  async function undo() {
    if (past.length < 2) return false;
    future.push(past.pop());
    write(past.at(-1));
    await restore(past.at(-1));
    return true;
  }

  async function redo() {
    if (!future.length) return false;
    past.push(future.pop());
    write(past.at(-1));
    await restore(past.at(-1));
    return true;
  }

  // The reader went back or forth, or changed the address.
  async function fromAddress() {
    const address = location.hash.slice(1);
    if (address === past.at(-1)) return;
    await restore(address);
    remember();
  }

  // Another part was loaded: what was derived from the one before is forgotten.
  function load() {
    sought = null;
    state.full = [data.days[0] ?? 0, data.days.at(-1) ?? 0];
  }

  return Object.assign(state, {
    change, load, undo, redo, fromAddress, isNarrowed, isLineShown, days: range,
    canUndo: () => past.length > 1,
    canRedo: () => future.length > 0,
    follow: (listener) => listeners.push(listener),
  });
})();
