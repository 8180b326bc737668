"use strict";
// The shortest way between two nodes over what is shown.
newsloom.paths = (() => {
  const { data, state } = newsloom;
  const GROUPS = ["causes", "part", "located", "order", "ties"]; // being in one article is no tie

  const isTie = (relation) => GROUPS.includes(data.relationType(relation).group) && relation.factuality !== "negated";
  const isOpen = (id, ends) => ends.includes(id) || state.visible.has(id) || !state.visible.size;

  // {nodes, relations}: the ids on the way, and the surest relation of each step; null where there is no way.
  function between(from, to) {
    const before = new Map([[from, null]]); // id -> the relation by which it was reached
    let rim = [from];
    while (rim.length && !before.has(to)) {
      const next = [];
      for (const id of rim) {
        const steps = data.at(id).filter(isTie).sort((a, b) => b.confidence - a.confidence);
        for (const relation of steps) {
          const other = data.other(relation, id);
          if (before.has(other) || !isOpen(other, [from, to])) continue;
          before.set(other, relation);
          next.push(other);
        }
      }
      rim = next;
    }
    return before.has(to) ? traced(from, to, before) : null;
  }

  function traced(from, to, before) {
    const way = { nodes: [to], relations: [] };
    for (let id = to; id !== from; id = way.nodes[0]) {
      const relation = before.get(id);
      way.relations.unshift(relation);
      way.nodes.unshift(data.other(relation, id));
    }
    return way;
  }

  // Whether a line is part of the way that is chosen.
  function has(edge) {
    const way = between(state.selected.id, state.selected.other);
    return Boolean(way?.relations.some(({ id }) => edge.relations.includes(id)));
  }

  return { between, has };
})();
