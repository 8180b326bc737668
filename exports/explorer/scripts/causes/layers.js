"use strict";
// Where everything stands: causes left of their effects in layers, with room for the words of each line. dagre finds
// the layers and the ways between them; what runs backwards or would close a circle is led from right to left.
newsloom.layers = (() => {
  const OPTIONS = { rankdir: "LR", nodesep: 22, edgesep: 12, ranksep: 44, ranker: "network-simplex" };
  const FIRM = { cause: 0, prevents: 1, denied: 2, backwards: 3 }; // whose direction counts first
  const APART = 44; // between two chains
  const PORT = 18; // between two lines at one side of a box
  const HEAD = 10;
  const WIDE = 1.6; // how much wider than high chains are laid beside each other

  const { push } = newsloom;

  // The ids of the lines that run from right to left.
  function turn(lines) {
    const next = new Map();
    const leads = (from, to, seen = new Set()) =>
      from === to || (next.get(from) ?? []).some((id) => !seen.has(id) && leads(id, to, seen.add(id)));
    const turned = new Set();
    for (const line of [...lines].sort((a, b) => FIRM[a.kind] - FIRM[b.kind])) {
      const [first, last] = line.kind === "backwards" ? [line.effect, line.cause] : [line.cause, line.effect];
      const [left, right] = leads(last, first) ? [last, first] : [first, last];
      if (left === line.effect) turned.add(line.id);
      push(next, left, right);
    }
    return turned;
  }

  // The boxes that hang together, each set with its lines.
  function parts(boxes, lines) {
    const near = new Map();
    for (const line of lines) {
      push(near, line.cause, line.effect);
      push(near, line.effect, line.cause);
    }
    const of = new Map();
    const found = [];
    for (const { id } of boxes) {
      if (of.has(id)) continue;
      const part = { boxes: [], lines: [] };
      found.push(part);
      const open = [id];
      of.set(id, part);
      for (const at of open) {
        for (const other of near.get(at) ?? []) {
          if (of.has(other)) continue;
          of.set(other, part);
          open.push(other);
        }
      }
    }
    for (const box of boxes) of.get(box.id).boxes.push(box);
    for (const line of lines) of.get(line.cause).lines.push(line);
    return found;
  }

  function lay(dagre, { boxes, lines }, turned) {
    const graph = new dagre.graphlib.Graph({ multigraph: true });
    graph.setGraph({ ...OPTIONS });
    for (const { id, width, height, foot } of boxes) graph.setNode(id, { width, height: height + foot });
    for (const line of lines) {
      const [left, right] = turned.has(line.id) ? [line.effect, line.cause] : [line.cause, line.effect];
      const { width, height } = line.label;
      graph.setEdge(left, right, { width, height, labelpos: "c", weight: line.kind === "cause" ? 2 : 1 }, line.id);
    }
    dagre.layout(graph);
    const found = { boxes: new Map(), lines: [], width: graph.graph().width, height: graph.graph().height };
    for (const box of boxes) {
      const { x, y, rank } = graph.node(box.id);
      found.boxes.set(box.id, { x: x - box.width / 2, y: y - (box.height + box.foot) / 2, middle: x, layer: rank, width: box.width, height: box.height });
    }
    for (const { v, w, name } of graph.edges()) {
      const { points, x, y } = graph.edge({ v, w, name });
      found.lines.push({ id: name, left: v, right: w, stops: points.slice(1, -1), label: { x, y } });
    }
    return found;
  }

  // How far lines run level at each x, so that they bend only between the columns.
  function columns(found, lines) {
    const half = new Map();
    const widen = (x, width) => half.set(Math.round(x), Math.max(half.get(Math.round(x)) ?? 0, width / 2));
    const words = new Map(lines.map((line) => [line.id, line.label.width]));
    for (const box of found.boxes.values()) widen(box.middle, box.width);
    for (const line of found.lines) widen(line.label.x, words.get(line.id));
    return (x) => half.get(Math.round(x)) ?? 0;
  }

  // The heights at which lines leave the right side of a box and reach the left side of another.
  function ports(found) {
    const sides = new Map();
    for (const line of found.lines) {
      push(sides, `right ${line.left}`, { line, y: line.stops[0].y });
      push(sides, `left ${line.right}`, { line, y: line.stops.at(-1).y });
    }
    const heights = new Map();
    for (const [key, list] of sides) {
      const [side] = key.split(" ", 1);
      const box = found.boxes.get(key.slice(side.length + 1));
      const step = Math.min(PORT, (box.height - 20) / Math.max(1, list.length - 1));
      list.sort((a, b) => a.y - b.y);
      list.forEach(({ line }, at) => heights.set(`${side} ${line.id}`, box.y + box.height / 2 + (at - (list.length - 1) / 2) * step));
    }
    return heights;
  }

  const short = (number) => Math.round(number * 10) / 10;

  function curve(line, found, half, heights, turned) {
    const [left, right] = [found.boxes.get(line.left), found.boxes.get(line.right)];
    const start = { x: left.x + left.width + (turned ? HEAD - 2 : 0), y: heights.get(`right ${line.id}`) };
    const end = { x: right.x - (turned ? 0 : HEAD - 2), y: heights.get(`left ${line.id}`) };
    let path = `M${short(start.x)} ${short(start.y)}`;
    let here = start;
    for (const { x, y, wide } of [...line.stops.map((stop) => ({ ...stop, wide: half(stop.x) })), { ...end, wide: 0 }]) {
      const middle = short((here.x + x - wide) / 2);
      path += `C${middle} ${short(here.y)} ${middle} ${short(y)} ${short(x - wide)} ${short(y)}${wide ? `H${short(x + wide)}` : ""}`;
      here = { x: x + wide, y };
    }
    const tip = turned ? { x: left.x + left.width, y: start.y, way: -1 } : { x: right.x, y: end.y, way: 1 };
    return { path, tip, label: line.label };
  }

  // Chains side by side in rows, the largest first.
  function pack(found) {
    const area = found.reduce((sum, { width, height }) => sum + (width + APART) * (height + APART), 0);
    const widest = Math.max(Math.sqrt(area * WIDE), ...found.map(({ width }) => width));
    let [x, y, high] = [0, 0, 0];
    for (const part of found) {
      if (x && x + part.width > widest) [x, y, high] = [0, y + high + APART, 0];
      Object.assign(part, { left: x, top: y });
      x += part.width + APART;
      high = Math.max(high, part.height);
    }
  }

  // Where boxes and lines stand: {boxes: id -> {x, y, layer}, curves: id -> {path, tip, label, shift}, width, height}.
  function arrange(dagre, boxes, lines) {
    const turned = turn(lines);
    const found = parts(boxes, lines).map((part) => ({ ...lay(dagre, part, turned), given: part }));
    found.sort((a, b) => b.boxes.size - a.boxes.size);
    pack(found);
    const placed = new Map();
    const curves = new Map();
    for (const part of found) {
      const half = columns(part, part.given.lines);
      const heights = ports(part);
      const shift = { x: part.left, y: part.top };
      for (const line of part.lines) curves.set(line.id, { ...curve(line, part, half, heights, turned.has(line.id)), shift });
      for (const [id, box] of part.boxes) placed.set(id, { ...box, x: box.x + shift.x, y: box.y + shift.y, layer: `${shift.x} ${shift.y} ${box.layer}` });
    }
    const far = (at, size) => Math.max(0, ...found.map((part) => part[at] + part[size]));
    return { boxes: placed, curves, turned, width: far("left", "width"), height: far("top", "height") };
  }

  return { arrange, HEAD };
})();
