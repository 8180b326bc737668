"use strict";
// The tables: what their rows are, and the columns of each. A column gives of a row a text, a number, a day (YYYY-MM-DD)
// or a list of texts; `shown`, where it is written otherwise than sorted, `note` what is added to it in small letters.
// The columns that only the `file` has come last.
newsloom.columns = (() => {
  const { data, state } = newsloom;
  const SHOWN_KINDS = ["event", "actor", "place"];
  let of; // found when first asked for: what each node is tied to

  const STATUS = newsloom.words.statuses;
  const text = (title, get, more) => ({ title, kind: "text", get, ...more });
  const number = (title, get, more) => ({ title, kind: "number", get, ...more });
  const list = (title, get, more) => ({ title, kind: "list", get, ...more });
  const day = (title, get, more) => ({ title, kind: "day", get, ...more });
  const identity = { title: "Id", kind: "text", get: (row) => row.id, file: true };

  const name = (id) => data.nodes.get(id)?.name ?? "";
  const sentence = (row) => data.view.sentences[row.evidence[0]?.sentence]?.[3] ?? "";
  const article = (node) => data.view.articles[node.article] ?? {};
  const published = (given) => given.published?.slice(0, 10) ?? null;
  const percent = (share) => Math.round(100 * share);
  const once = (values) => [...new Set(values)];

  // What a node is tied to: [{id, type, role}] of one kind.
  function near(id, kind) {
    if (!of.has(id)) {
      const found = { event: [], actor: [], place: [], article: [] };
      for (const relation of data.at(id)) {
        const other = data.other(relation, id);
        if (other !== id) found[data.nodes.get(other).kind].push({ id: other, type: relation.type, role: data.relationType(relation).role });
      }
      of.set(id, found);
    }
    return of.get(id)[kind];
  }

  const names = (ties) => once(ties.map(({ id }) => name(id)));
  const inRole = (role) => (node) => names(near(node.id, "actor").filter((tie) => tie.type === role));
  const inOtherRoles = (node) => once(near(node.id, "actor").filter(({ type }) => type !== "agent" && type !== "recipient")
    .map(({ id, type, role }) => `${name(id)} (${role ?? data.view.relationTypes[type].label})`));
  const events = (node) => once(near(node.id, "event").map(({ id }) => id));
  const acts = (role) => (node) => once(near(node.id, "event").filter(({ type }) => type === role).map(({ id }) => id)).length;
  const days = (node) => events(node).map((id) => data.nodes.get(id).day).filter(Boolean).sort();
  const dates = (node) => node.date ?? (node.phrase ? `“${node.phrase}”` : "undated");
  const sources = (relation) => once(relation.evidence.map((proof) => origin(proof).source)).filter(Boolean).length;
  const origin = (proof) => data.view.articles[data.view.sentences[proof.sentence][0]];

  const tables = {
    event: {
      label: "Events",
      columns: [
        text("Event", (node) => node.name, { main: true }),
        day("Date", (node) => node.day ?? node.latest ?? null, { shown: dates, note: (node) => node.edtf ?? "" }),
        text("Type", (node) => data.type(node).label),
        text("Mode", (node) => node.mode ?? ""),
        text("Status", (node) => STATUS[node.factuality]),
        list("Agents", inRole("agent")),
        list("Recipients", inRole("recipient")),
        list("Other actors", inOtherRoles),
        list("Places", (node) => names(near(node.id, "place"))),
        list("Caused by", (node) => names(data.causesOf(node.id))),
        list("Led to", (node) => names(data.effectsOf(node.id))),
        list("Figures", (node) => once(node.figures.map((figure) => figure.words))),
        number("Sources", (node) => node.sources),
        number("Mentions", (node) => node.mentions),
        number("Importance", (node) => node.importance),
        text("First sentence", sentence, { long: true }),
        text("EDTF", (node) => node.edtf ?? "", { file: true }),
        identity,
      ],
    },
    actor: {
      label: "Actors",
      columns: [
        text("Actor", (node) => node.name, { main: true }),
        text("Type", (node) => data.type(node).label),
        text("Country", (node) => node.country ?? ""),
        list("Sectors", (node) => node.sector),
        list("Offices", (node) => node.offices),
        number("Events", (node) => events(node).length),
        number("As agent", acts("agent")),
        number("As recipient", acts("recipient")),
        day("First day", (node) => days(node)[0] ?? null),
        day("Last day", (node) => days(node).at(-1) ?? null),
        number("Mentions", (node) => node.mentions),
        list("Also called", (node) => node.aliases),
        text("Wikidata", (node) => node.wikidata ?? ""),
        text("First sentence", sentence, { long: true }),
        identity,
      ],
    },
    place: {
      label: "Places",
      columns: [
        text("Place", (node) => node.name, { main: true }),
        text("Type", (node) => data.type(node).label),
        text("Country", (node) => node.country ?? ""),
        text("Lies in", (node) => name(node.within)),
        number("Latitude", (node) => node.lat),
        number("Longitude", (node) => node.lon),
        number("Events", (node) => events(node).length),
        number("Mentions", (node) => node.mentions),
        text("GeoNames", (node) => String(node.geonames ?? "")),
        text("First sentence", sentence, { long: true }),
        identity,
      ],
    },
    article: {
      label: "Articles",
      columns: [
        text("Article", (node) => node.name, { main: true }),
        day("Published", (node) => published(article(node))),
        text("Source", (node) => article(node).source ?? ""),
        number("Events", (node) => events(node).length),
        text("Address", (node) => article(node).url ?? ""),
        identity,
      ],
    },
    relation: {
      label: "Relations",
      columns: [
        text("From", (row) => name(row.source), { main: true }),
        text("Relation", (row) => data.relationType(row).label),
        text("To", (row) => name(row.target)),
        text("Kind", (row) => newsloom.columns.groups[data.relationType(row).group]),
        list("Words", (row) => once(row.evidence.map((proof) => proof.cue).filter(Boolean))),
        number("Confidence %", (row) => percent(row.confidence)),
        text("Status", (row) => STATUS[row.factuality]),
        list("Claimed by", (row) => once(row.evidence.map((proof) => name(proof.says)).filter(Boolean))),
        text("Backwards in time", (row) => (row.backwards ? "yes" : "")),
        number("Outlets", sources),
        text("First sentence", sentence, { long: true }),
        text("Id of from", (row) => row.source, { file: true }),
        text("Id of to", (row) => row.target, { file: true }),
      ],
    },
    sentence: {
      label: "Sentences",
      columns: [
        text("Sentence", (row) => row.text, { main: true, long: true }),
        day("Published", (row) => published(row.article)),
        text("Source", (row) => row.article.source ?? ""),
        text("Article", (row) => row.article.title),
        list("Tells of", (row) => once(row.nodes.map(name))),
        number("Characters from", (row) => row.start),
        number("to", (row) => row.end),
      ],
    },
  };
  const groups = { causes: "cause", part: "takes part", located: "located", order: "order", ties: "tie", reports: "report" };

  // Every row of a table, in the order in which it opens.
  const rows = {
    ...Object.fromEntries(SHOWN_KINDS.map((kind) => [kind, () => nodes(kind)])),
    event: () => data.events,
    article: () => nodes("article").sort((a, b) => (published(article(a)) ?? "~").localeCompare(published(article(b)) ?? "~")),
    relation: () => [...data.relations.values()],
    sentence: sentences,
  };

  const nodes = (kind) => [...data.nodes.values()].filter((node) => node.kind === kind)
    .map((node) => [events(node).length, node]).sort(([a], [b]) => b - a).map(([, node]) => node);

  function sentences() {
    const found = data.view.sentences.map(([place, start, end, words], at) =>
      ({ id: `s${at}`, at, text: words, start, end, article: data.view.articles[place], nodes: [], relations: [] }));
    for (const node of data.nodes.values()) for (const quote of node.evidence) found[quote.sentence].nodes.push(node.id);
    for (const relation of data.relations.values()) for (const proof of relation.evidence) found[proof.sentence].relations.push(relation.id);
    return found;
  }

  // Whether a node is among what the filters leave. A kind that is switched off in the legend has its own table still:
  // what is tied to an event that is shown.
  function isNodeShown(id) {
    if (state.visible.has(id)) return true;
    const node = data.nodes.get(id);
    if (!node || node.kind === "event" || state.kinds[node.kind] || state.hidden.has(id) || state.only) return false;
    return near(id, "event").some((tie) => state.visible.has(tie.id));
  }

  const sought = () => state.query.toLocaleLowerCase().split(/\s+/).filter(Boolean);

  // The test of rows by what the page filters and seeks.
  function isShown(table) {
    const { matches } = state;
    if (table === "relation") {
      return (row) => row.confidence >= state.least && isNodeShown(row.source) && isNodeShown(row.target) &&
        (!matches || matches.has(row.source) || matches.has(row.target));
    }
    if (table === "sentence") {
      const words = matches ? sought() : [];
      const has = (row) => words.every((word) => row.text.toLocaleLowerCase().includes(word));
      const isLineShown = ({ source, target }) => isNodeShown(source) && isNodeShown(target);
      return (row) => (row.nodes.some(isNodeShown) || row.relations.some((id) => isLineShown(data.relations.get(id)))) && has(row);
    }
    return (row) => isNodeShown(row.id) && (!matches || matches.has(row.id));
  }

  function load() {
    of = new Map();
  }

  const shown = (table) => tables[table].columns.filter(({ file }) => !file);

  return { tables, shown, rows, isShown, groups, load };
})();
