"use strict";
// The way between two nodes, hop by hop, each with the sentence that says so.
newsloom.pathDetails = (() => {
  const { data, el, plural, evidence, panel, paths } = newsloom;

  function hop(way, at) {
    const relation = way.relations[at];
    const type = data.relationType(relation);
    const words = relation.source === way.nodes[at] ? type.label : type.inverse;
    return el("li", { class: "hop" },
      el("p", { class: "by" }, el("span", { class: "badge line" }, words), " ",
        el("small", {}, newsloom.words.percent(relation.confidence)),
        relation.factuality === "asserted" ? null : el("span", { class: "badge" }, relation.factuality)),
      evidence.quotes(relation.evidence, 1),
      panel.jump(data.nodes.get(way.nodes[at + 1]), data.nodes.get(way.nodes[at + 1]).brief));
  }

  function told(way) {
    const weakest = Math.min(...way.relations.map(({ confidence }) => confidence));
    const first = data.nodes.get(way.nodes[0]);
    return [
      el("p", {}, `${plural(way.relations.length, "step")}, the least sure ${newsloom.words.percent(weakest)}. No way over what is shown is shorter.`),
      panel.jump(first, first.brief),
      el("ol", { class: "hops" }, way.relations.map((_, at) => hop(way, at))),
    ];
  }

  // Nothing over what is shown: perhaps past the filters.
  function none(id, other) {
    const words = el("p", { class: "none" }, "There is no way between them over what is shown.");
    const way = paths.past(id, other);
    if (!way) return [words, el("p", { class: "none" }, "Nor is there one past the filters: nothing but articles ties them together.")];
    const count = plural(way.relations.length, "step");
    return [words, el("button", { type: "button", class: "more", onclick: () => newsloom.actions.reveal(way) }, `Look past the filters: ${count}`)];
  }

  function body({ id, other }) {
    const [from, to] = [data.nodes.get(id), data.nodes.get(other)];
    const way = paths.between(id, other);
    return [
      el("p", { class: "badges" }, el("span", { class: "badge" }, "path")),
      el("h2", { tabindex: -1 }, el("bdi", {}, from.name), " → ", el("bdi", {}, to.name)),
      ...(way ? told(way) : [panel.jump(from, from.brief), panel.jump(to, to.brief), ...none(id, other)]),
    ];
  }

  panel.bodies.path = body;
})();
