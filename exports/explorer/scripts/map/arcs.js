"use strict";
// Causes between places: an arc from where the cause happened to where its effect did, bold for what is selected.
newsloom.mapArcs = (() => {
  const { data, state, svg, plural } = newsloom;
  const MOST = 400; // arcs drawn, those of the most causes first
  const BEND = 0.18; // how far an arc swings out, as a share of its length

  // Arcs between the places that are shown: {from, to, edges, look}.
  function find(spots) {
    const at = new Map(); // id of an event -> the spots of its places
    for (const spot of spots) for (const id of spot.events) at.set(id, [...(at.get(id) ?? []), spot]);
    const arcs = new Map();
    for (const edge of data.edges.values()) {
      if (edge.group !== "causes" || !state.isLineShown(edge)) continue;
      for (const from of at.get(edge.from) ?? []) {
        for (const to of at.get(edge.to) ?? []) {
          if (from === to) continue;
          const key = `${from.node.id}\n${to.node.id}`;
          if (!arcs.has(key)) arcs.set(key, { from, to, edges: [] });
          arcs.get(key).edges.push(edge);
        }
      }
    }
    const all = [...arcs.values()].map((arc) => ({ ...arc, look: standing(arc) }));
    all.sort((a, b) => (b.look === "bold") - (a.look === "bold") || b.edges.length - a.edges.length);
    return all.slice(0, MOST).toReversed();
  }

  function standing({ edges, from, to }) {
    const { selected, focus } = state;
    if (!focus && !selected) return "plain";
    const isOn = ({ id, from: cause, to: effect }) =>
      (selected?.kind === "edge" && selected.id === id) || (focus.has(cause) && focus.has(effect) && selected?.kind !== "edge");
    const isPlace = [from, to].some(({ look }) => look === "self");
    return isPlace || edges.some(isOn) ? "bold" : "faded";
  }

  // An arc and its head as shapes, between the rims of two circles on the screen.
  function draw(arc, at) {
    const [[x1, y1, r1], [x2, y2, r2]] = [at(arc.from), at(arc.to)];
    const [dx, dy] = [x2 - x1, y2 - y1];
    const length = Math.hypot(dx, dy);
    if (length < r1 + r2 + 10) return null;
    const [cx, cy] = [(x1 + x2) / 2 + dy * BEND, (y1 + y2) / 2 - dx * BEND];
    const towards = (x, y, by) => {
      const far = Math.hypot(cx - x, cy - y);
      return [x + ((cx - x) / far) * by, y + ((cy - y) / far) * by];
    };
    const [sx, sy] = towards(x1, y1, r1 + 1);
    const [tx, ty] = towards(x2, y2, r2 + 2);
    const [bx, by] = towards(x2, y2, r2 + 9); // the base of the head
    const [nx, ny] = [(by - ty) / 2, (tx - bx) / 2];
    const width = Math.min(4, 1 + Math.log2(arc.edges.length));
    const number = (value) => value.toFixed(1);
    const way = `M${number(sx)} ${number(sy)}Q${number(cx)} ${number(cy)} ${number(bx)} ${number(by)}`;
    const head = `M${number(tx)} ${number(ty)}L${number(bx + nx)} ${number(by + ny)}L${number(bx - nx)} ${number(by - ny)}z`;
    return svg("g", { class: `arc ${arc.look}` }, svg("path", { class: "reach", d: way }),
      svg("path", { class: "way", d: way, "stroke-width": arc.look === "bold" ? width + 1.2 : width }), svg("path", { class: "head", d: head }));
  }

  function words({ from, to, edges }) {
    const lines = edges.slice(0, 3).map((edge) => `${data.nodes.get(edge.from).name} → ${data.nodes.get(edge.to).name}`);
    const rest = edges.length - lines.length;
    return [`${from.node.name} → ${to.node.name}: ${plural(edges.length, "cause")}`, ...lines, ...(rest ? [`and ${rest} more`] : [])].join("\n");
  }

  return { find, draw, words };
})();
