"use strict";
// The drawing of causes as nested lists, for the ear and for whoever prefers to read.
newsloom.outline = (() => {
  const { data, el, hops } = newsloom;

  const note = (node) => [hops.when(node), data.type(node).label].join(" · ");

  // The lines that lead from an event in a direction, within the drawing.
  function steps(drawing, id, way) {
    const [here, there] = way === "before" ? ["effect", "cause"] : ["cause", "effect"];
    return drawing.lines.filter((line) => line[here] === id).map((line) => ({ line, id: line[there] }));
  }

  function tie(line, way) {
    const [lead] = line.relations;
    const type = data.view.relationTypes[lead.type];
    const here = way === "before" ? line.effect : line.cause;
    return lead.source === here ? type.label : type.inverse;
  }

  function item(drawing, { line, id }, way, told) {
    const node = data.nodes.get(id);
    const again = told.has(id);
    told.add(id);
    const cues = hops.cues(line).map((cue) => ` “${cue}”`).join("");
    const sentences = el("button", { type: "button", class: "more", onclick: () => newsloom.selectEdge(line.id), "aria-label": `Sentences: ${hops.sentence(line)}` }, "sentences");
    return el("li", {},
      el("span", { class: "tie" }, tie(line, way)), el("bdi", {}, cues), " ",
      newsloom.panel.jump(node, note(node)), " ",
      el("small", {}, hops.notes(line).join(" · ")), " ", sentences,
      again ? el("small", {}, " (what is behind it stands above)") : nested(drawing, id, way, told));
  }

  function nested(drawing, id, way, told) {
    const items = steps(drawing, id, way).map((step) => item(drawing, step, way, told));
    return items.length ? el("ol", {}, items) : null;
  }

  // What led to an event and what followed from it.
  function both(drawing, id) {
    const part = (title, way, none) => [el("h3", {}, title), nested(drawing, id, way, new Set([id])) ?? el("p", { class: "none" }, none)];
    return [
      newsloom.panel.jump(data.nodes.get(id), note(data.nodes.get(id))),
      ...part("What led to it", "before", "No cause of it is shown."),
      ...part("What followed from it", "after", "No effect of it is shown."),
    ];
  }

  // Several chains, each from its first events on.
  function chains(drawing) {
    const told = new Set();
    const ids = [...drawing.boxes.keys()];
    const first = ids.filter((id) => !steps(drawing, id, "before").length);
    const circles = first.length ? [] : ids.slice(0, 1);
    return el("ol", {}, [...first, ...circles].map((id) => {
      told.add(id);
      return el("li", {}, newsloom.panel.jump(data.nodes.get(id), note(data.nodes.get(id))), nested(drawing, id, "after", told));
    }));
  }

  const write = (drawing, roots) => (roots.length === 1 ? both(drawing, roots[0]) : [chains(drawing)]);

  return { write };
})();
