"use strict";
// Boxes and arrows of the causes as SVG: each a button with a name.
newsloom.boxes = (() => {
  const { data, svg, hops, layers } = newsloom;
  const STUB = { width: 46, height: 17 }; // the button that opens what is behind a box
  const FOOT = STUB.height + 5; // room for it under the box

  const at = ({ x, y }) => `translate(${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10})`;
  const button = (className, label, more, ...children) =>
    svg("g", { class: className, role: "button", tabindex: 0, "aria-label": label, ...more }, ...children);
  const text = (className, x, y, words) => svg("text", { class: className, x, y }, words);

  function drawBox(box, place) {
    const { node, width, height, top, pill } = box;
    const edge = width - 7;
    const rows = [
      text("kind", 14, top + 10, box.kind),
      ...(box.said ? [
        svg("rect", { class: "pill", x: edge - pill, y: top - 3, width: pill, height: 17, rx: 8.5 }),
        text("status", edge - pill / 2, top + 9.5, box.said),
      ] : []),
      ...box.name.map((row) => text("name", 14, row.y, row.text)),
      ...box.date.map((row) => text("date", 14, row.y, row.text)),
      ...(box.asked ? [text("flag", edge - 2, box.date.at(-1).y, "selected")] : []),
    ];
    return button(`box ${node.factuality}${box.asked ? " asked" : ""}`, box.says,
      { "data-id": node.id, transform: at(place), "aria-current": box.asked ? "true" : null },
      svg("rect", { class: "frame", width, height, rx: 7 }),
      svg("rect", { class: "stripe", x: 4, y: 5, width: 4, height: height - 10, rx: 2, fill: data.type(node).colour }),
      rows);
  }

  // The end of an arrow by its relation: filled, hollow, open, a diamond, or a bar before what was prevented.
  const HEADS = {
    causes: () => `l${-layers.HEAD} -5.5v11z`,
    enables: () => `l${-layers.HEAD} -5.5v11z`,
    "responds-to": () => `l${-layers.HEAD} -6m${layers.HEAD} 6l${-layers.HEAD} 6`,
    "intends-to-cause": () => "l-6 -5l-6 5l6 5z",
    prevents: () => "m-3 -9v18",
  };
  const head = (type) => (HEADS[type] ? type : "causes");

  function drawHead(type, { x, y, way }) {
    const kind = head(type);
    return svg("path", { class: `head ${kind}`, d: `M0 0${HEADS[kind]()}`, transform: `${at({ x, y })}${way < 0 ? " scale(-1 1)" : ""}` });
  }

  function drawArrow(line, { path, tip, label, shift }) {
    const [lead] = line.relations;
    const { above, below } = line.label;
    const rows = (list, first) => list.map((row, number) =>
      text(row.class ?? "note", label.x, label.y + first + hops.SMALL_ROW * number, row.text ?? row));
    return button(`arrow ${hops.status(line)} ${line.kind}`, hops.sentence(line), { "data-id": line.id, transform: at(shift) },
      svg("path", { class: "reach", d: path }),
      svg("path", { class: "way", d: path, "stroke-width": Math.round(10 * (1.2 + 3.8 * lead.confidence)) / 10 }),
      drawHead(lead.type, tip),
      rows(above, -6 - hops.SMALL_ROW * (above.length - 1)),
      rows(below, 15));
  }

  // The button under a box that brings what led to it, or followed from it, into the drawing.
  function drawStub({ id, way, count }, { x, y, width, height }) {
    const { name } = data.nodes.get(id);
    const what = `${count} more ${way === "before" ? "cause" : "effect"}${count === 1 ? "" : "s"}`;
    const corner = { x: way === "before" ? x : x + width - STUB.width, y: y + height + 3 };
    return button("stub", `Show ${what} of ${name}`, { "data-id": id, "data-way": way, transform: at(corner) },
      svg("rect", { width: STUB.width, height: STUB.height, rx: 8.5 }),
      text("sign", STUB.width / 2, 12.5, way === "before" ? `← +${count}` : `+${count} →`));
  }

  // A sample of a line for the legend.
  function sample(className, type, thickness = 2.5) {
    return svg("svg", { class: className, width: 38, height: 20, "aria-hidden": "true" },
      svg("path", { class: "way", d: `M1 10H${type ? 30 : 37}`, "stroke-width": thickness }),
      type ? drawHead(type, { x: 36, y: 10, way: 1 }) : null);
  }

  return { drawBox, drawArrow, drawStub, sample, head, FOOT };
})();
