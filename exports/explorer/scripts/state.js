"use strict";
// What is chosen, filtered and sought, and what follows from it: which nodes are shown, which stand out.
newsloom.state = (() => {
  const { data } = newsloom;
  const listeners = [];
  const full = [data.days[0] ?? 0, data.days.at(-1) ?? 0];

  const state = {
    selected: null, // {kind: "node" | "edge", id}
    kinds: { event: true, actor: true, place: true, article: false },
    groups: { causes: true, part: true, located: true, order: false, ties: true, reports: false },
    typesOff: new Set(),
    factualityOff: new Set(),
    query: "",
    range: [...full],
    full,
    visible: new Set(),
    matches: null, // ids, or null when nothing is sought
    focus: null, // id -> "self" | "near" | "chain", or null when nothing is selected
  };

  const narrowed = () => state.range[0] > full[0] || state.range[1] < full[1];

  const eventShown = (node) =>
    !state.typesOff.has(node.type) &&
    !state.factualityOff.has(node.factuality) &&
    (node.number === null ? !narrowed() : node.number >= state.range[0] && node.number <= state.range[1]);

  const other = (relation, id) => (relation.source === id ? relation.target : relation.source);

  function findVisible() {
    const events = new Set(data.view.order.filter((id) => eventShown(data.nodes.get(id))));
    const visible = new Set(state.kinds.event ? events : []);
    for (const node of data.nodes.values()) {
      if (node.kind === "event" || !state.kinds[node.kind]) continue;
      const near = data.at(node.id).map((relation) => other(relation, node.id));
      const ofEvents = near.filter((id) => data.nodes.get(id).kind === "event");
      if (!ofEvents.length || ofEvents.some((id) => events.has(id))) visible.add(node.id);
    }
    return visible;
  }

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

  function findFocus() {
    if (!state.selected) return null;
    const focus = new Map();
    if (state.selected.kind === "edge") {
      const edge = data.edges.get(state.selected.id);
      return focus.set(edge.from, "near").set(edge.to, "near");
    }
    const id = state.selected.id;
    focus.set(id, "self");
    reach(id, data.causesOf, focus);
    reach(id, data.effectsOf, focus);
    for (const relation of data.at(id)) {
      if (state.groups[data.view.relationTypes[relation.type].group] && other(relation, id) !== id) {
        focus.set(other(relation, id), "near");
      }
    }
    return focus;
  }

  function findMatches() {
    const words = state.query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length) return null;
    const matches = new Map(); // id -> "name" or the number of the sentence
    for (const node of data.nodes.values()) {
      const names = [node.name, ...node.aliases].join("\n").toLocaleLowerCase();
      if (words.every((word) => names.includes(word))) matches.set(node.id, "name");
      else {
        const quote = node.evidence.find(({ sentence }) => {
          const text = data.view.sentences[sentence][3].toLocaleLowerCase();
          return words.every((word) => text.includes(word));
        });
        if (quote) matches.set(node.id, quote.sentence);
      }
    }
    return matches;
  }

  function change(changes = {}) {
    Object.assign(state, changes);
    state.visible = findVisible();
    state.focus = findFocus();
    if ("query" in changes) state.matches = findMatches();
    for (const listener of listeners) listener(state, changes);
  }

  return Object.assign(state, {
    change,
    narrowed,
    other,
    follow: (listener) => listeners.push(listener),
  });
})();
