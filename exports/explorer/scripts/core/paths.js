"use strict";
// The shortest way between two nodes over what is shown, or past the filters; among the shortest, the surest.
newsloom.paths = (() => {
  const { data, state } = newsloom;
  const GROUPS = ["causes", "part", "located", "order", "ties"]; // being in one article is no tie

  const isTie = (relation) => GROUPS.includes(data.relationType(relation).group) && relation.factuality !== "negated";
  const isNode = (id) => data.nodes.get(id).kind !== "article";

  const shown = {
    node: (id) => state.visible.has(id),
    relation: (relation) => state.groups[data.relationType(relation).group] && relation.confidence >= state.least,
  };
  const everything = { node: () => true, relation: () => true };

  // All ways grow by one step at a time, and each node keeps the surest of those that reach it first.
  function search(from, to, open) {
    const reached = new Map([[from, { sure: 1, relation: null }]]);
    const passes = (id) => id === to || (isNode(id) && open.node(id));
    let rim = [from];
    while (rim.length && !reached.has(to)) {
      const next = new Map();
      for (const id of rim) {
        const { sure } = reached.get(id);
        for (const relation of data.at(id)) {
          if (!isTie(relation) || !open.relation(relation)) continue;
          const other = data.other(relation, id);
          const step = sure * relation.confidence;
          if (reached.has(other) || step <= (next.get(other)?.sure ?? -1) || !passes(other)) continue;
          next.set(other, { sure: step, relation });
        }
      }
      for (const [id, step] of next) reached.set(id, step);
      rim = [...next.keys()];
    }
    return reached.has(to) ? traced(from, to, reached) : null;
  }

  function traced(from, to, reached) {
    const way = { nodes: [to], relations: [] };
    for (let id = to; id !== from; id = way.nodes[0]) {
      const { relation } = reached.get(id);
      way.relations.unshift(relation);
      way.nodes.unshift(data.other(relation, id));
    }
    return way;
  }

  let last = { key: [] }; // the way that was found last, and over what

  // {nodes, relations}: the ids on the way and the relation of each step; null where there is no way over what is shown.
  function between(from, to) {
    const key = [from, to, data.view, state.visible, state.groups, state.least];
    if (!key.every((value, at) => value === last.key[at])) {
      const way = search(from, to, shown);
      last = { key, way, ids: new Set(way?.relations.map(({ id }) => id)) };
    }
    return last.way;
  }

  // The same, whatever the filters say and whatever was hidden.
  const past = (from, to) => search(from, to, everything);

  // Whether a line is part of the way that is chosen.
  function has(edge) {
    between(state.selected.id, state.selected.other);
    return edge.relations.some((id) => last.ids.has(id));
  }

  return { between, past, has };
})();
