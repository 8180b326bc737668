"use strict";
// A line in detail: each relation that it stands for, with the sentences it rests on.
newsloom.lineDetails = (() => {
  const { data, el, evidence, pieces } = newsloom;

  function title(edge) {
    const relation = data.relations.get(edge.relations[0]);
    const type = data.relationType(relation);
    const name = (id) => data.nodes.get(id).name;
    return `${name(relation.source)} — ${type.label} — ${name(relation.target)}`;
  }

  function one(relation) {
    const type = data.relationType(relation);
    return [
      el("p", { class: "badges" }, el("span", { class: "badge line" }, type.label),
        el("span", { class: "badge type" }, evidence.percent(relation.confidence)),
        relation.factuality === "asserted" ? null : el("span", { class: "badge" }, relation.factuality),
        relation.backwards ? el("span", { class: "badge" }, "backwards in time") : null),
      el("p", { class: "ends" }, pieces.jump(data.nodes.get(relation.source)), el("span", {}, ` ${type.label} `),
        pieces.jump(data.nodes.get(relation.target))),
      pieces.section("Evidence", evidence.quotes(relation.evidence)),
    ];
  }

  const body = ({ id }) => data.edges.get(id).relations.flatMap((name) => one(data.relations.get(name)));

  return { title, body };
})();
