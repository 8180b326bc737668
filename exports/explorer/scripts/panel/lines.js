"use strict";
// A line in detail: the relations it stands for, with their sentences, and what else ties the same two nodes together.
newsloom.lineDetails = (() => {
  const { data, el, plural, evidence, pieces } = newsloom;

  const name = (id) => data.nodes.get(id).name;

  // The line in words, for the pointer.
  function title(edge) {
    const relation = data.relations.get(edge.relations[0]);
    const { label } = data.relationType(relation);
    const more = edge.relations.length - 1;
    return `${name(relation.source)} — ${label} — ${name(relation.target)}${more ? `, and ${plural(more, "more relation")}` : ""}`;
  }

  function one(relation) {
    const type = data.relationType(relation);
    return [
      el("p", { class: "badges" }, el("span", { class: "badge line" }, type.label),
        el("span", { class: "badge type" }, newsloom.words.percent(relation.confidence)),
        relation.factuality === "asserted" ? null : el("span", { class: "badge" }, relation.factuality),
        relation.backwards ? el("span", { class: "badge" }, "backwards in time") : null),
      el("p", { class: "ends" }, pieces.jump(data.nodes.get(relation.source)), el("span", {}, ` ${type.label} `),
        pieces.jump(data.nodes.get(relation.target))),
      pieces.section("Evidence", evidence.quotes(relation.evidence)),
    ];
  }

  // Other lines between the same two: of another kind, or the other way round.
  const beside = (edge) =>
    [...data.edges.values()].filter((line) =>
      line !== edge && ((line.from === edge.from && line.to === edge.to) || (line.from === edge.to && line.to === edge.from)));

  const toLine = (edge) =>
    el("button", { type: "button", class: "jump", onclick: () => newsloom.selectEdge(edge.id) }, el("bdi", {}, title(edge)));

  function body({ id }) {
    const edge = data.edges.get(id);
    const relations = edge.relations.map((relation) => data.relations.get(relation));
    const sentences = new Set(relations.flatMap((relation) => relation.evidence.map(({ sentence }) => sentence)));
    return [
      el("h2", { tabindex: -1 }, el("bdi", {}, name(edge.from)), " → ", el("bdi", {}, name(edge.to))),
      el("p", {}, `${plural(relations.length, "relation")}, ${plural(sentences.size, "sentence")}.`),
      ...relations.flatMap(one),
      pieces.list("Also between them", beside(edge).map(toLine)),
    ];
  }

  return { title, body };
})();
