"use strict";
// What each article says of one event, those that disagree first; and its numbers, by who gives them and when.
newsloom.versions = (() => {
  const { data, el, pieces } = newsloom;
  const SHOWN = 8; // articles, and rows of numbers, at once

  const speaker = (id) => (data.nodes.has(id) ? pieces.jump(data.nodes.get(id)) : null);
  const isOther = (one, other) => one && other && one !== other;

  // Everything that an event has from one article: {article, claims, figures, quotes}.
  function byArticle(node) {
    const groups = new Map();
    const of = (article) => groups.get(article) ?? groups.set(article, { article, claims: [], figures: [], quotes: [] }).get(article);
    for (const claim of node.claims) if (claim.article !== null) of(claim.article).claims.push(claim);
    for (const figure of node.figures) if (figure.article !== null) of(figure.article).figures.push(figure);
    for (const quote of node.evidence) of(data.view.sentences[quote.sentence][0]).quotes.push(quote);
    return [...groups.values()].map((group) => ({ ...group, ...differing(node, group) }));
  }

  // In what an article departs from what the graph holds: words for it.
  function differing(node, { claims, figures }) {
    const statuses = new Set(claims.filter((claim) => claim.factuality !== node.factuality).map((claim) => pieces.factualities[claim.factuality]));
    const days = new Set(claims.filter((claim) => isOther(claim.date, node.date)).map((claim) => claim.date));
    const counts = figures.filter((figure) => node.figures.some((other) => isRival(figure, other)));
    return { statuses, days, counts, disagrees: statuses.size + days.size + counts.length };
  }

  const isRival = (one, other) =>
    one.of === other.of && one.words !== other.words && one.article !== other.article && one.holds === other.holds;

  const reported = ({ article, claims, figures }) =>
    data.view.articles[article].published?.slice(0, 10) ?? [...claims, ...figures].find((one) => one.reported)?.reported;

  function version(group) {
    const { article, claims, figures, quotes, disagrees } = group;
    const statuses = [...new Map(claims.map((claim) => [`${claim.factuality} ${claim.source}`, claim])).values()];
    const days = [...new Set(claims.map((claim) => claim.date).filter(Boolean))];
    const places = [...new Set(claims.flatMap((claim) => claim.places))].filter((id) => data.nodes.has(id));
    return el("div", { class: disagrees ? "version other" : "version" },
      el("h4", {}, el("bdi", {}, pieces.outlet(article)), " ", el("small", {}, reported(group) ?? "undated"),
        disagrees ? el("span", { class: "badge" }, "differs") : null),
      pieces.facts([
        ["Status", statuses.map((claim) => el("div", {}, pieces.factualities[claim.factuality], data.nodes.has(claim.source) ? [", says ", speaker(claim.source)] : null))],
        ["Numbers", figures.map((figure) => el("div", {}, figure.words))],
        ["Day", days.length ? days.join("; ") : pieces.unknown("not said")],
        ["Place", places.length ? places.map((id) => speaker(id)) : pieces.unknown("not said")],
      ]),
      sentences(quotes, claims));
  }

  function sentences(quotes, claims) {
    const known = quotes.length ? quotes : claims.filter((claim) => claim.sentence !== null).slice(0, 1).map(({ sentence }) => ({ sentence }));
    return known.slice(0, 3).flatMap((quote, at) => pieces.sentence(quote, known.length > 1 ? `sentence ${at + 1}` : "its sentence"));
  }

  // Nothing where only one article tells of an event.
  function told(node) {
    const groups = byArticle(node);
    if (groups.length < 2) return null;
    groups.sort((a, b) => b.disagrees - a.disagrees || ((reported(a) ?? "9") < (reported(b) ?? "9") ? -1 : 1));
    const others = groups.filter(({ disagrees }) => disagrees).length;
    const note = others ? `${others} of ${groups.length} differ in status, day or numbers.` : "They agree in status, day and numbers.";
    return pieces.section(`What each article says (${groups.length})`, [
      el("p", { class: "note" }, note), el("ul", { class: "list versions" }, pieces.items(groups.map(version), SHOWN)),
    ], "versions");
  }

  // The numbers as a table, under what they count.
  function numbers(node) {
    if (!node.figures.length) return null;
    const groups = new Map();
    for (const figure of node.figures) groups.set(figure.of, [...(groups.get(figure.of) ?? []), figure]);
    const rows = [...groups].flatMap(([of, figures]) => [
      el("tr", {}, el("th", { scope: "rowgroup", colspan: 3 }, of.replaceAll("-", " "))),
      ...[...figures].sort((a, b) => ((a.reported ?? "9") < (b.reported ?? "9") ? -1 : 1)).map(row),
    ]);
    const head = el("thead", {}, el("tr", {}, ["Number", "Says", "Reported"].map((name) => el("th", { scope: "col" }, name))));
    return pieces.section(`Numbers (${node.figures.length})`, el("table", { class: "numbers" }, head, el("tbody", {}, rows)), "numbers");
  }

  function row(figure) {
    const more = [figure.holds ? `of ${figure.holds}` : null, figure.factuality === "asserted" ? null : pieces.factualities[figure.factuality]];
    const note = more.filter(Boolean).join(", ");
    const quoted = figure.sentence === null ? null : pieces.sentence({ sentence: figure.sentence });
    return el("tr", {},
      el("td", {}, el("b", {}, figure.words), note ? el("small", {}, `, ${note}`) : null, quoted),
      el("td", {}, speaker(figure.source) ?? "the article"),
      el("td", {}, el("bdi", {}, figure.article === null ? "unknown" : pieces.outlet(figure.article)), el("small", {}, `, ${figure.reported ?? "undated"}`)));
  }

  return { told, numbers };
})();
