"use strict";
// The part that is open, and its indices.
newsloom.data = (() => {
  const data = {
    view: null, // the part as it came
    nodes: new Map(), // id -> node
    relations: new Map(),
    edges: new Map(), // relations of one group between the same two nodes are one line, from cause to effect
    order: new Map(), // id of an event -> its number in time
    days: [], // every day at which something is drawn, as numbers
    events: [], // the events in time
    cellOf: new Map(), // id of an event -> its cell, where this is the overview of several parts
  };
  let byNode, causes, effects;

  const { push } = newsloom;
  const number = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / 86400000);
  const iso = (day) => new Date(day * 86400000).toISOString().slice(0, 10);

  function load(part) {
    data.view = part;
    const ids = part.nodes.map(({ id }) => id);
    data.nodes = new Map(part.nodes.map((node) => [node.id, complete(node)]));
    data.order = new Map(part.order.map((at, place) => [ids[at], place]));
    data.events = part.order.map((at) => data.nodes.get(ids[at]));
    data.days = [...new Set([...data.nodes.values()].filter((n) => n.number !== null).map((n) => n.number))].sort((a, b) => a - b);
    data.lanes = part.layout.lanes.map((lane) => ({ ...lane, events: lane.events.map((at) => ids[at]) }));
    data.cellOf = new Map((part.homes ?? []).flatMap((cell, at) => (cell === null ? [] : [[ids[at], part.cells[cell]]])));
    relate(part, ids);
    merge();
  }

  // Records leave out what is usual.
  const filled = (records, kind) => records.map((record) => ({ ...data.view.defaults[kind], ...record }));

  function complete(given) {
    const node = { ...data.view.defaults.node, ...given };
    node.label ??= node.name;
    if (node.kind !== "event") node.brief = node.factuality = null; // only events happen, or not, at some time
    node.number = node.day ? number(node.day) : null;
    node.evidence = filled(node.evidence, "quote");
    node.figures = filled(node.figures, "figure");
    node.claims = filled(node.claims, "claim");
    return node;
  }

  function relate(part, ids) {
    [byNode, causes, effects] = [new Map(), new Map(), new Map()];
    data.relations = new Map();
    part.relations.forEach((given, at) => {
      const relation = { ...part.defaults.relation, ...given, id: `r${at}`, source: ids[given.source], target: ids[given.target] };
      relation.evidence = filled(relation.evidence, "proof");
      data.relations.set(relation.id, relation);
      push(byNode, relation.source, relation);
      if (relation.target !== relation.source) push(byNode, relation.target, relation);
      if (!isCause(relation)) return;
      const [cause, effect] = ends(relation);
      push(causes, effect, { id: cause, relation });
      push(effects, cause, { id: effect, relation });
    });
    for (const index of [causes, effects]) {
      for (const list of index.values()) list.sort((a, b) => b.relation.confidence - a.relation.confidence);
    }
  }

  const kind = (relation) => data.view.relationTypes[relation.type];
  const isCause = (relation) => kind(relation).causal && !relation.backwards && relation.factuality !== "negated";
  const ends = (relation) =>
    kind(relation).causal === "target" ? [relation.target, relation.source] : [relation.source, relation.target];

  function merge() {
    const lines = new Map();
    for (const relation of data.relations.values()) {
      const [from, to] = ends(relation);
      if (from === to) continue;
      const { group } = kind(relation);
      const key = JSON.stringify([from, to, group]);
      const line = lines.get(key) ?? lines.set(key, { id: `e${lines.size}`, from, to, group, relations: [], weight: 0, confidence: 0 }).get(key);
      line.relations.push(relation.id);
      line.weight += relation.evidence.length;
      line.confidence = Math.max(line.confidence, relation.confidence);
    }
    data.edges = new Map([...lines.values()].map((line) => [line.id, line]));
  }

  return Object.assign(data, {
    load, number, iso,
    at: (id) => byNode.get(id) ?? [],
    causesOf: (id) => causes.get(id) ?? [],
    effectsOf: (id) => effects.get(id) ?? [],
    type: (node) => data.view.types[node.type],
    isCause,
    relationType: kind,
    other: (relation, id) => (relation.source === id ? relation.target : relation.source),
    count: (wanted) => [...data.nodes.values()].filter((node) => node.kind === wanted).length,
  });
})();
