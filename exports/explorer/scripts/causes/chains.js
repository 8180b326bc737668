"use strict";
// Which causes and effects are drawn: those around some events, or the richest chains of all; the nearest and surest first.
newsloom.chains = (() => {
  const { data, state } = newsloom;
  const MOST = 80; // boxes around what is chosen
  const MOST_RICHEST = 60;
  const MOST_HUBS = 40; // events of a large chain that are tried as its middle
  const WAYS = { before: ["effect", "cause"], after: ["cause", "effect"] }; // from which end of a line to which

  let lines; // id of an edge -> line
  let ends; // "before" | "after" -> id of an event -> lines that lead to its causes or effects, the surest first

  const holds = (relation) => Boolean(data.isCause(relation));

  // What a line is: a cause, or else what keeps it from counting as one.
  function sort(lead) {
    if (holds(lead)) return "cause";
    if (lead.factuality === "negated") return "denied";
    return lead.backwards ? "backwards" : "prevents";
  }

  function load() {
    lines = new Map();
    ends = { before: new Map(), after: new Map() };
    for (const edge of data.edges.values()) {
      if (edge.group !== "causes") continue;
      const relations = edge.relations.map((id) => data.relations.get(id))
        .sort((a, b) => holds(b) - holds(a) || b.confidence - a.confidence);
      const line = { id: edge.id, cause: edge.from, effect: edge.to, relations, kind: sort(relations[0]) };
      lines.set(line.id, line);
      for (const [way, [here]] of Object.entries(WAYS)) {
        ends[way].set(line[here], [...(ends[way].get(line[here]) ?? []), line]);
      }
    }
    const surest = (a, b) => sure(b) - sure(a);
    for (const index of Object.values(ends)) for (const list of index.values()) list.sort(surest);
  }

  const sure = (line) => line.relations[0].confidence;
  const counts = (line) => state.groups.causes && sure(line) >= state.least;

  // The lines at an event in one direction whose other end is shown: {id of the other end, line}.
  const at = (id, way, kinds = ["cause"]) =>
    (ends[way].get(id) ?? []).filter((line) => kinds.includes(line.kind) && counts(line))
      .map((line) => ({ id: line[WAYS[way][1]], line }))
      .filter((step) => state.visible.has(step.id) && step.id !== id);

  // Events by hops from the roots, at each hop the surest first, until there is room for no more.
  function grow(roots, { depth, most = MOST, opened = [] }) {
    const boxes = new Map(roots.map((id) => [id, "self"])); // id -> on which side of the roots
    let rim = roots.flatMap((id) => Object.keys(WAYS).map((way) => ({ id, way, sure: 1 })));
    for (let level = 0; level < depth && rim.length; level += 1) {
      const found = new Map();
      for (const { id, way, sure: path } of rim) {
        for (const step of at(id, way)) {
          const together = path * sure(step.line);
          if (boxes.has(step.id) || (found.get(step.id)?.sure ?? 0) >= together) continue;
          found.set(step.id, { id: step.id, way, sure: together });
        }
      }
      rim = [...found.values()].sort((a, b) => b.sure - a.sure).slice(0, Math.max(0, most - boxes.size));
      for (const { id, way } of rim) boxes.set(id, way);
    }
    for (const { id, way } of opened) {
      if (!boxes.has(id)) continue;
      for (const step of at(id, way)) if (!boxes.has(step.id)) boxes.set(step.id, way);
    }
    return boxes;
  }

  // What is denied, prevented or dated behind its effect is shown beside the roots, with nothing behind it.
  function beside(roots, boxes) {
    for (const id of roots) {
      for (const way of Object.keys(WAYS)) {
        for (const step of at(id, way, ["denied", "backwards", "prevents"])) {
          if (boxes.size < MOST && !boxes.has(step.id)) boxes.set(step.id, "beside");
        }
      }
    }
  }

  // The drawing of some boxes: the lines between them, and how many events behind each are not drawn.
  function drawing(boxes) {
    const drawn = [...lines.values()].filter((line) =>
      boxes.has(line.cause) && boxes.has(line.effect) && line.cause !== line.effect && counts(line));
    const more = [];
    for (const [id, side] of boxes) {
      for (const way of Object.keys(WAYS)) {
        if (side !== "self" && side !== way) continue;
        const count = at(id, way).filter((step) => !boxes.has(step.id)).length;
        if (count) more.push({ id, way, count });
      }
    }
    return { boxes, lines: drawn, more };
  }

  function around(roots, { depth, opened }) {
    const kept = roots.slice(0, MOST);
    const boxes = grow(kept, { depth, opened });
    beside(kept, boxes);
    return drawing(boxes);
  }

  function reach(id, way) {
    const seen = new Set([id]);
    const open = [id];
    while (open.length) {
      for (const step of at(open.pop(), way)) {
        if (seen.has(step.id)) continue;
        seen.add(step.id);
        open.push(step.id);
      }
    }
    return seen.size - 1;
  }

  // The events that are tied by causes, as sets, those with most hops first.
  function all() {
    const found = [];
    const seen = new Set();
    for (const first of data.order.keys()) {
      if (seen.has(first) || !state.visible.has(first)) continue;
      const ids = [first];
      let hops = 0;
      seen.add(first);
      for (const id of ids) {
        const next = Object.keys(WAYS).map((way) => at(id, way));
        hops += next[1].length;
        for (const step of next.flat()) {
          if (seen.has(step.id)) continue;
          seen.add(step.id);
          ids.push(step.id);
        }
      }
      if (hops) found.push({ ids, hops });
    }
    return found.sort((a, b) => b.hops - a.hops);
  }

  // The event of a large chain with most before and behind it.
  function hub(ids) {
    const degree = (id) => (at(id, "before").length + 1) * (at(id, "after").length + 1);
    const likely = ids.map((id) => [degree(id), id]).sort((a, b) => b[0] - a[0]).slice(0, MOST_HUBS);
    const weight = likely.map(([, id]) => [(reach(id, "before") + 1) * (reach(id, "after") + 1), id]);
    return weight.reduce((best, other) => (other[0] > best[0] ? other : best))[1];
  }

  // The chains with most hops, as many as have room; of the first, if it is too large, what is around its middle.
  function richest({ opened }) {
    const chains = all();
    const total = chains.reduce((sum, { ids }) => sum + ids.length, 0);
    const middle = chains[0]?.ids.length > MOST_RICHEST ? hub(chains[0].ids) : null;
    const boxes = middle ? grow([middle], { depth: Infinity, most: MOST_RICHEST, opened }) : new Map();
    let shown = middle ? 1 : 0;
    for (const { ids } of chains.slice(shown)) {
      if (boxes.size + ids.length > MOST_RICHEST) break;
      for (const id of ids) boxes.set(id, "self");
      shown += 1;
    }
    return { ...drawing(boxes), chains, total, shown, middle };
  }

  // Events that nothing shown has led to, by how many followed: {id, count}.
  const starts = () =>
    [...data.order.keys()].filter((id) => state.visible.has(id) && at(id, "after").length && !at(id, "before").length)
      .map((id) => ({ id, count: reach(id, "after") }))
      .sort((a, b) => b.count - a.count || data.order.get(a.id) - data.order.get(b.id));

  return { load, around, richest, starts, at, holds, line: (id) => lines.get(id) };
})();
