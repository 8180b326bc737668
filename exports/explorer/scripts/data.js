"use strict";
// The data of the page and its indices. Everything of the page hangs on `newsloom`.
window.newsloom = {};

newsloom.data = (() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const view = read("view");
  const drawing = read("drawing");

  const nodes = new Map(view.nodes.map((node) => [node.id, node]));
  const relations = new Map(view.relations.map((relation) => [relation.id, relation]));
  const edges = new Map(drawing.edges.map((edge) => [edge.id, edge]));
  const order = new Map(view.order.map((id, number) => [id, number]));

  const push = (map, key, value) => (map.get(key) ?? map.set(key, []).get(key)).push(value);
  const byNode = new Map(); // id -> relations at that node
  const causes = new Map(); // effect -> [{id, relation}], the surest first
  const effects = new Map();
  for (const relation of view.relations) {
    push(byNode, relation.source, relation);
    if (relation.target !== relation.source) push(byNode, relation.target, relation);
    const causal = view.relationTypes[relation.type].causal;
    if (!causal || relation.backwards || relation.factuality === "negated") continue;
    const [cause, effect] =
      causal === "source" ? [relation.source, relation.target] : [relation.target, relation.source];
    push(causes, effect, { id: cause, relation });
    push(effects, cause, { id: effect, relation });
  }
  for (const index of [causes, effects]) {
    for (const list of index.values()) list.sort((a, b) => b.relation.confidence - a.relation.confidence);
  }

  const dayNumber = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / 86400000);
  for (const node of nodes.values()) node.number = node.day ? dayNumber(node.day) : null;
  const days = [...new Set(view.nodes.filter((n) => n.number !== null).map((n) => n.number))].sort((a, b) => a - b);

  return {
    view, drawing, nodes, relations, edges, order, causes, effects, days,
    layout: view.layout,
    at: (id) => byNode.get(id) ?? [],
    causesOf: (id) => causes.get(id) ?? [],
    effectsOf: (id) => effects.get(id) ?? [],
    iso: (number) => new Date(number * 86400000).toISOString().slice(0, 10),
    type: (node) => view.types[node.type],
    count: (kind) => view.nodes.filter((node) => node.kind === kind).length,
  };
})();

// An element with properties and children; strings become text, never markup.
newsloom.el = (tag, properties = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [key, v] of Object.entries(value)) element.style.setProperty(key, v);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
};
