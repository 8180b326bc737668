"use strict";
// A node in detail: its head, what it is tied to, and what is known of an actor, a place or an article.
newsloom.nodeDetails = (() => {
  const { data, el, evidence, pieces } = newsloom;
  const { jump, list, section, facts } = pieces;

  function head(node) {
    const type = data.type(node);
    const { label } = type;
    return [
      el("p", { class: "badges" },
        el("span", { class: `badge ${node.kind}` }, node.kind),
        el("span", { class: "badge type", title: type.definition, style: { "--colour": type.colour } },
          node.mode ? `${label} · ${node.mode}` : label)),
      el("h2", { tabindex: -1 }, el("bdi", {}, node.name)),
      node.aliases.length ? el("p", { class: "aliases" }, "also ", el("bdi", {}, node.aliases.join(" · "))) : null,
    ];
  }

  // What a node is tied to, apart from causes, in lists by kind.
  function around(node) {
    const groups = { actor: new Map(), place: new Map(), event: new Map(), article: new Map() };
    for (const relation of data.at(node.id)) {
      const type = data.relationType(relation);
      const id = data.other(relation, node.id);
      if (type.causal || id === node.id) continue;
      const label = type.role ?? (relation.source === node.id ? type.label : type.inverse);
      const known = groups[data.nodes.get(id).kind];
      if (known.has(id)) known.get(id).push(label);
      else known.set(id, [label]);
    }
    const items = (kind) =>
      [...groups[kind]].sort(([a], [b]) => (data.order.get(a) ?? 0) - (data.order.get(b) ?? 0)).map(([id, labels]) => {
        const other = data.nodes.get(id);
        const date = other.kind === "event" ? other.brief : null;
        return jump(other, [[...new Set(labels)].join(", "), date].filter(Boolean).join(" · "));
      });
    const eventTitle = node.kind === "event" ? "Other links" : "Events";
    const actorTitle = node.kind === "actor" ? "Ties" : "Actors";
    const lists = [[actorTitle, "actor"], ["Places", "place"], ["Reported in", "article"]];
    const at = node.kind === "event" ? 2 : 0;
    lists.splice(at, 0, [eventTitle, "event"]);
    return lists.map(([title, kind]) => list(title, items(kind)));
  }

  function other(node) {
    const article = node.kind === "article" ? data.view.articles[node.article] : null;
    const within = node.within && data.nodes.get(node.within);
    return [
      facts([
        ["Country", node.country],
        ["Sector", node.sector?.join(", ")],
        ["Offices", node.offices.length ? el("bdi", {}, node.offices.join("; ")) : null],
        ["Wikidata", node.wikidata],
        ["Lies in", within ? jump(within) : null],
        ["Coordinates", node.kind === "place" ? coordinates(node) : null],
        ["GeoNames", node.geonames],
        ["Source", article?.source],
        ["Published", article ? article.published ?? pieces.unknown("unknown") : null],
        ["Mentions", node.mentions || null],
      ]),
      node.kind === "actor" ? newsloom.actors.dealings(node.id) : null,
      ...around(node),
      node.evidence.length ? section("Evidence", evidence.quotes(node.evidence, 3)) : null,
    ];
  }

  const coordinates = ({ lat, lon }) => (lat === null || lon === null ? pieces.unknown("unknown") : `${lat}, ${lon}`);

  function body({ id }) {
    const node = data.nodes.get(id);
    return [...head(node), ...(node.kind === "event" ? newsloom.eventDetails.body(node) : other(node))];
  }

  return { body, around };
})();
