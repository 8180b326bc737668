"use strict";
// The graph itself: vis-network with fixed places; colours by type, borders by factuality, dimmed by focus.
newsloom.canvas = (() => {
  const { data, state, views, look } = newsloom;
  const container = document.getElementById("canvas");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");

  const ENOUGH = 0.85; // of the events of the busiest stretch: then an earlier one is shown first
  const LEGIBLE = 0.68; // the scale the page opens with when not everything can be read at once
  const MANY = 600; // nodes, above which lines are left out while one drags
  const HEIGHT = 26; // of an event's box inside its margins
  const letters = "Arial, Helvetica, Liberation Sans, sans-serif";
  const shapes = { event: "box", actor: "dot", place: "diamond", article: "square" };
  const { mix, theme, borders, groups: groupColours } = look;

  function nodeStyle(node, seen) {
    const t = theme();
    const colour = look.colour(node);
    const faded = seen === "faded";
    const self = seen === "self";
    const rim = mix(colour, t.ground, faded ? t.faint : t.rim);
    const ink = faded ? mix(t.ink, t.ground, 0.28) : t.ink;
    const style = { opacity: 1, borderWidth: self ? 3 : node.sources > 1 ? 2.2 : 1.3, shapeProperties: {} };
    if (node.kind === "event") {
      const negated = node.factuality === "negated";
      const tint = faded ? 0.04 : self ? t.tint * 2.6 : negated ? 0 : t.tint;
      style.color = { background: mix(colour, t.ground, tint), border: rim };
      style.shapeProperties = { borderDashes: borders[node.factuality] ?? false, borderRadius: 4 };
      style.margin = 4;
      style.font = { size: 12, color: ink, face: letters, multi: false };
    } else {
      const fill = mix(colour, t.ground, faded ? t.faint : 0.95);
      style.color = { background: fill, border: self ? t.ink : fill };
      style.font = { size: 11.5, color: ink, face: letters, vadjust: -2, strokeWidth: 3, strokeColor: t.ground };
      style.size = size(node);
    }
    return style;
  }

  function size(node) {
    const share = Math.sqrt(state.size === "importance" ? node.importance : data.at(node.id).length);
    const most = { actor: 13, place: 11, article: 9 }[node.kind];
    return Math.min(most, 4 + share * 1.3);
  }

  function edgeStyle(edge, seen) {
    const t = theme();
    const causal = edge.group === "causes";
    const strong = seen === "near" || seen === "self";
    const relations = edge.relations.map((id) => data.relations.get(id));
    const prevents = causal && relations.every(({ type }) => !data.view.relationTypes[type].causal);
    const doubted = causal && relations.every((r) => r.claimed || r.backwards || r.factuality !== "asserted");
    const opacity = strong ? 1 : seen === "chain" ? 0.7 : seen === "faded" ? (causal ? 0.12 : 0.05) : causal ? 0.9 : quiet;
    const weight = Math.min(2, Math.log2(1 + edge.weight) / 2);
    return {
      color: { color: groupColours[edge.group][t.index], opacity, inherit: false },
      width: causal ? (strong ? 2.6 : 1.8) + weight * 0.6 : (strong ? 1.6 : 0.8) + weight * 0.4,
      dashes: doubted ? [2, 4] : prevents ? [6, 4] : edge.group === "order" ? [3, 4] : false,
      arrows: causal || edge.group === "order" ? { to: { enabled: true, scaleFactor: causal ? 0.62 : 0.45 } } : "",
      smooth: causal ? curve(edge) : false,
    };
  }

  // Level lines are straight, or arcs where another box stands in their way; the others swing from side to side.
  function curve(edge) {
    const [a, b] = [places.get(edge.from), places.get(edge.to)];
    const across = Math.abs(a.x - b.x);
    if (Math.abs(a.y - b.y) < 4) {
      const [left, right] = [Math.min(a.x, b.x) + 20, Math.max(a.x, b.x) - 20];
      const level = rows.get(a.y) ?? [];
      if (!level.some((x) => x > left && x < right)) return false;
      return { enabled: true, type: "curvedCW", roundness: Math.min(0.3, 30 / across) };
    }
    return { enabled: true, type: "cubicBezier", forceDirection: across > 100 ? "horizontal" : "vertical", roundness: 0.45 };
  }

  let quiet; // how faint the lines are that tie actors and places to events
  let places; // id -> the node of vis-network
  let rows; // y -> the x of the events there
  let drawn; // the lines between drawn nodes
  let nodes, edges;
  let looks; // id -> the look it was last drawn with
  let network = null;

  // Nodes with few ties are shown when one comes to them, asks for them or keeps them.
  const isShown = (id) =>
    state.visible.has(id) &&
    (data.nodes.get(id).drawn || state.focus?.has(id) || state.added.has(id) || state.pinned.has(id) || (state.only?.has(id) ?? false));

  function nodeLook(id) {
    if (!isShown(id)) return "hidden";
    if (state.focus) return state.focus.get(id) ?? "faded";
    if (state.matches) return state.matches.has(id) ? "near" : "faded";
    return "plain";
  }

  function edgeLook(edge) {
    if (!state.isLineShown(edge) || !isShown(edge.from) || !isShown(edge.to)) return "hidden";
    const chosen = state.selected;
    if (chosen?.kind === "edge") return chosen.id === edge.id ? "self" : "faded";
    if (chosen?.kind === "path") return newsloom.paths.has(edge) ? "self" : "faded";
    if (chosen && (edge.from === chosen.id || edge.to === chosen.id)) return "near";
    if (state.focus) return edge.group === "causes" && state.focus.has(edge.from) && state.focus.has(edge.to) ? "chain" : "faded";
    if (state.matches) return state.matches.has(edge.from) && state.matches.has(edge.to) ? "plain" : "faded";
    return "plain";
  }

  function paint(again = false) {
    const resized = size.of !== state.size;
    size.of = state.size;
    const changed = (id, seen) => again || resized || looks.get(id) !== seen;
    const nodeUpdates = [];
    for (const id of places.keys()) {
      const seen = nodeLook(id);
      if (!changed(id, seen)) continue;
      looks.set(id, seen);
      const isNew = nodes.get(id) === null;
      if (isNew && seen === "hidden") continue;
      nodeUpdates.push({ ...(isNew ? places.get(id) : { id }), hidden: seen === "hidden", ...nodeStyle(data.nodes.get(id), seen) });
    }
    const edgeUpdates = [];
    let covers = false; // whether new lines would lie over the causes
    for (const edge of drawn) {
      const seen = edgeLook(edge);
      if (!changed(edge.id, seen)) continue;
      looks.set(edge.id, seen);
      const isNew = edges.get(edge.id) === null;
      if (isNew && seen === "hidden") continue;
      const { id, from, to } = edge;
      edgeUpdates.push({ id, from, to, hidden: seen === "hidden", ...edgeStyle(edge, seen) });
      covers ||= isNew && edge.group !== "causes";
    }
    if (nodeUpdates.length) nodes.update(nodeUpdates);
    if (edgeUpdates.length) edges.update(edgeUpdates);
    if (covers && network) raise();
    if (!again) network?.redraw();
  }

  // The causes lie over lines that came later.
  function raise() {
    const causes = edges.get({ filter: ({ id }) => data.edges.get(id).group === "causes" });
    edges.remove(causes);
    edges.add(causes);
  }

  // A node for vis-network: its place and its shape; `paint` colours it.
  function placed(node) {
    const given = { id: node.id, x: node.x, y: node.y, shape: shapes[node.kind], label: node.label };
    if (node.kind !== "event") return given;
    return { ...given, widthConstraint: { minimum: node.width - 8 }, heightConstraint: HEIGHT };
  }

  function load() {
    network?.destroy();
    network = null;
  }

  async function start() {
    const vis = await newsloom.library("vis-network");
    if (network) return;
    places = new Map([...data.nodes.values()].filter((node) => node.x !== null).map((node) => [node.id, placed(node)]));
    rows = new Map();
    for (const { shape, x, y } of places.values()) if (shape === "box") rows.set(y, [...(rows.get(y) ?? []), x]);
    // What is drawn last lies on top: causes over everything else.
    drawn = [...data.edges.values()].filter(({ from, to }) => places.has(from) && places.has(to));
    drawn.sort((a, b) => (a.group === "causes") - (b.group === "causes"));
    quiet = Math.min(0.28, Math.max(0.035, 2.4 / Math.sqrt(drawn.length)));
    looks = new Map();
    [nodes, edges] = [new vis.DataSet(), new vis.DataSet()]; // what is hidden is given when it is first shown
    paint(true);
    const options = structuredClone(newsloom.source.manifest.options);
    options.interaction.hideEdgesOnDrag = options.interaction.hideEdgesOnZoom = places.size > MANY;
    network = new vis.Network(container, { nodes, edges }, options);
    newsloom.background.attach(network);
    newsloom.marks.attach(network);
    network.on("click", clicked);
    hovering();
    frame();
    let before = [container.clientWidth, container.clientHeight];
    network.on("resize", () => {
      const now = [container.clientWidth, container.clientHeight];
      if (Math.abs(now[0] - before[0]) + Math.abs(now[1] - before[1]) > 2) frame();
      before = now;
    });
  }

  function clicked({ nodes: [node], edges: [edge], pointer }) {
    const under = node ?? network.getNodeAt(pointer.DOM);
    const line = edge ?? network.getEdgeAt(pointer.DOM);
    if (under !== undefined) newsloom.select(under);
    else if (line !== undefined) newsloom.selectEdge(line);
    else newsloom.clear();
  }

  function hovering() {
    const show = (text, point) => {
      views.hover(text, point);
      container.style.cursor = "pointer";
    };
    const hide = () => {
      views.unhover();
      container.style.cursor = "";
    };
    network.on("hoverNode", ({ node, pointer }) => {
      const { name, date, kind } = data.nodes.get(node);
      show(kind === "event" ? `${name} · ${date ?? "undated"}` : name, pointer.DOM);
    });
    network.on("hoverEdge", ({ edge, pointer }) => show(newsloom.panel.edgeTitle(data.edges.get(edge)), pointer.DOM));
    for (const end of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(end, hide);
  }

  function extent() {
    const { width, height, bands } = data.view.layout;
    const last = bands.find((band) => band.kind === "article");
    return { width, height: last && !state.kinds.article ? last.top : height };
  }

  // What there is to see: the whole layout, or where those stand that are isolated.
  function area() {
    const { width, height } = extent();
    const isolated = state.only ? [...places.values()].filter(({ id }) => isShown(id)) : [];
    return isolated.length ? around(isolated) : { left: 0, top: 0, right: width, bottom: height };
  }

  function around(some) {
    const [xs, ys] = ["x", "y"].map((axis) => some.map((node) => node[axis]));
    return { left: Math.min(...xs) - 110, right: Math.max(...xs) + 110, top: Math.min(...ys) - 60, bottom: Math.max(...ys) + 50 };
  }

  // The nodes within a line that was drawn on the screen.
  const inside = (polygon) =>
    [...places.values()].filter((node) => isShown(node.id) && newsloom.lasso.contains(polygon, network.canvasToDOM(node))).map(({ id }) => id);

  const lasso = newsloom.lasso(container, inside, (point) => network.getNodeAt(point));

  const animation = () => (still.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" });

  function fit({ animated = true } = {}) {
    aim(area(), 1.4, animated);
  }

  // Brings all of an area into sight, no closer than some scale.
  function aim({ left, top, right, bottom }, closest, animated) {
    const scale = Math.min(container.clientWidth / (right - left), container.clientHeight / (bottom - top), closest);
    const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
    network.moveTo({ position: middle, scale, animation: animated && animation() });
  }

  // The first view: everything where that can be read, else the busiest stretch of time.
  function frame() {
    const { width, height } = extent();
    const all = Math.min(container.clientWidth / width, container.clientHeight / height);
    if (all >= LEGIBLE * 0.9) return fit({ animated: false });
    const boxes = [...places.values()].filter(({ id, shape }) => shape === "box" && data.nodes.get(id).drawn);
    const dated = boxes.filter(({ id }) => data.nodes.get(id).number !== null);
    const events = dated.length ? dated : boxes;
    const tied = events.filter(({ id }) => data.causesOf(id).length || data.effectsOf(id).length);
    const crowd = tied.length ? tied : events;
    const [wide, high] = [container.clientWidth, container.clientHeight].map((length) => length / LEGIBLE);
    const x = within({ x: densest(crowd.map((node) => node.x), wide, width / 2), y: 0 }, LEGIBLE).x;
    const inSight = events.filter((node) => Math.abs(node.x - x) < wide / 2);
    const y = densest(inSight.map((node) => node.y), high, 0);
    const enough = inSight.filter((node) => node.y < high).length > inSight.length / 3; // then rather from the top, with the actors
    const position = within({ x: uncut(x - wide / 2) + wide / 2, y: enough ? 0 : y }, LEGIBLE);
    network.moveTo({ position, scale: LEGIBLE, animation: false });
  }

  // The middle of a stretch of some length in which most values lie, or nearly as many: the first such.
  function densest(values, length, otherwise) {
    const sorted = [...values].sort((a, b) => a - b);
    let from = 0;
    const counts = sorted.map((value, at) => {
      while (value - sorted[from] > length) from += 1;
      return [at - from + 1, (sorted[from] + value) / 2];
    });
    const most = Math.max(0, ...counts.map(([count]) => count));
    return counts.find(([count]) => count >= ENOUGH * most)?.[1] ?? otherwise;
  }

  // The edge to look from, moved to the left until it cuts through no box, as long as that is not far.
  function uncut(left) {
    let edge = left;
    const boxes = [...places.values()].filter(({ shape }) => shape === "box").sort((a, b) => b.x - a.x);
    for (const { x, widthConstraint } of boxes) {
      const half = widthConstraint.minimum / 2 + 8;
      if (x - half < edge && x + half > edge) edge = x - half;
    }
    return left - edge < 250 ? edge : left;
  }

  // A place to look at, moved so that nothing beyond the edges of the layout comes into sight.
  function within({ x, y }, scale) {
    const { width, height } = extent();
    const middle = (wanted, seen, whole) => (seen >= whole ? whole / 2 : Math.min(Math.max(wanted, seen / 2), whole - seen / 2));
    return { x: middle(x, container.clientWidth / scale, width), y: middle(y, container.clientHeight / scale, height) };
  }

  // Brings a node into sight, and close enough to be read.
  function show(id) {
    const place = network && places.get(id);
    if (!place || !state.visible.has(id)) return;
    const { x, y } = network.canvasToDOM(place);
    const scale = network.getScale();
    const inSight = x > 60 && y > 30 && x < container.clientWidth - 60 && y < container.clientHeight - 30;
    if (inSight && scale > 0.45) return;
    const closer = Math.max(scale, 0.8);
    network.moveTo({ position: within(place, closer), scale: closer, animation: animation() });
  }

  // Brings several nodes into sight together, if they are not.
  function showAll(ids) {
    const some = network ? ids.map((id) => places.get(id)).filter(Boolean) : [];
    const seen = some.map((node) => network.canvasToDOM(node));
    if (seen.every(({ x, y }) => x > 40 && y > 30 && x < container.clientWidth - 40 && y < container.clientHeight - 30)) return;
    aim(around(some), Math.max(network.getScale(), 0.8), true);
  }

  container.after(lasso.button);
  look.follow(() => network && paint(true));
  // The cells stand in for what is too much to draw.
  const { cells } = newsloom;
  views.add("story", {
    label: "Story", key: "1", element: container.parentNode, load, showAll,
    open: () => {
      cells.open();
      lasso.button.hidden = cells.isDrawn();
      return cells.isDrawn() ? null : network ?? start();
    },
    close: () => lasso.stop(),
    show: (id) => (cells.isDrawn() ? cells.show(id) : show(id)),
    refresh: () => (cells.isDrawn() ? cells.refresh() : network && paint()),
    fit: () => (cells.isDrawn() ? cells.fit() : fit()),
    png: () => (cells.isDrawn() ? newsloom.saving.drawn(cells.svg()) : container.querySelector("canvas")),
    svg: () => (cells.isDrawn() ? cells.svg() : newsloom.storyDrawing.svg(network, area())),
    lasso: { toggle: () => cells.isDrawn() || lasso.toggle() },
  });
  return { isShown, network: () => network, extent };
})();
