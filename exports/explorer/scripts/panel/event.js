"use strict";
// An event in detail: what, when, who, where, how many, in which words, from what and to what.
newsloom.eventDetails = (() => {
  const { data, el, plural, evidence, pieces, versions } = newsloom;
  const { jump, list, section, facts, unknown, factualities } = pieces;

  function body(node) {
    return [
      facts([
        ["When", when(node)],
        ["Days", days(node)],
        ["Who", who(node)],
        ["Where", where(node)],
        ["Status", factualities[node.factuality]],
        ["Says so", speakers(node).map((speaker) => el("div", {}, speaker))],
        ["Reported by", plural(node.sources, "source")],
      ]),
      versions.numbers(node),
      section("Evidence", evidence.quotes(node.evidence)),
      list("Caused by", data.causesOf(node.id).map((step) => stepTo(step, node))),
      list("Leads to", data.effectsOf(node.id).map((step) => stepTo(step, node))),
      versions.told(node),
      ...newsloom.nodeDetails.around(node),
      node.reasons.length ? section("Why one event", [el("ul", { class: "figures" }, node.reasons.map((reason) => el("li", {}, el("bdi", {}, reason))))]) : null,
    ];
  }

  // The date, and what it was read from: the words and the rule.
  function when(node) {
    const from = [node.phrase ? `“${node.phrase}”` : null, node.rule ? `rule ${node.rule}` : null].filter(Boolean).join(", ");
    const parts = [node.date ?? unknown("not said"), node.edtf && node.edtf !== node.date ? el("code", {}, node.edtf) : null, from ? el("small", {}, el("bdi", {}, from)) : null];
    return parts.filter(Boolean).flatMap((part) => [part, " "]);
  }

  const days = (node) =>
    node.precision ? `earliest ${node.earliest ?? "unknown"}, latest ${node.latest ?? "unknown"}, precision ${node.precision}` : null;

  // The others of a kind that an event is tied to, under the labels of its ties.
  function tied(node, kind) {
    const found = new Map();
    for (const relation of data.at(node.id)) {
      const other = data.nodes.get(data.other(relation, node.id));
      const type = data.relationType(relation);
      if (other.kind !== kind || relation.source !== node.id) continue;
      const label = type.role ?? type.label;
      found.set(label, new Map([...(found.get(label) ?? []), [other.id, other]]));
    }
    return [...found].map(([label, others]) => [label, [...others.values()]]);
  }

  function who(node) {
    const roles = tied(node, "actor").filter(([label]) => label !== "says");
    if (!roles.length) return unknown("not said");
    return roles.map(([label, others]) => el("div", {}, el("small", {}, `${label} `), others.slice(0, 6).map((other) => jump(other)),
      others.length > 6 ? el("small", {}, ` and ${others.length - 6} more, below`) : null));
  }

  function where(node) {
    const places = tied(node, "place").flatMap(([, others]) => others);
    return places.length ? places.slice(0, 6).map((place) => jump(place, data.type(place).label)) : unknown("not said");
  }

  function speakers(node) {
    const says = [...new Set(node.evidence.map((quote) => quote.says).filter((id) => data.nodes.has(id)))];
    const found = says.map((id) => jump(data.nodes.get(id)));
    if (!says.length || node.evidence.some((quote) => !quote.says)) found.unshift("the article itself");
    return found;
  }

  // One cause or effect: where it leads, by which relation, in which words, how sure.
  function stepTo({ id, relation }, node) {
    const type = data.relationType(relation);
    const label = relation.source === node.id ? type.label : type.inverse;
    const cues = [...new Set(relation.evidence.map((proof) => proof.cue).filter(Boolean))].map((cue) => `“${cue}”`);
    return [jump(data.nodes.get(id), [label, ...cues, newsloom.words.percent(relation.confidence)].join(" · ")), proofs(relation)];
  }

  function proofs(relation) {
    const room = el("details", { class: "proof" }, el("summary", { "aria-label": "Evidence of this line" }, "sentence"));
    room.addEventListener("toggle", () => {
      if (room.open && room.childElementCount === 1) room.append(...evidence.quotes(relation.evidence));
    });
    return room;
  }

  return { body };
})();
