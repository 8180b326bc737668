"use strict";
// The panel at the side: everything in order, what was found, or one node or line in detail.
newsloom.panel = (() => {
  const { data, state, el, plural, evidence } = newsloom;
  const panel = document.getElementById("panel");
  const MOST_LISTED = 300;
  const kindNames = { event: "Events", actor: "Actors", place: "Places", article: "Articles" };
  const factualities = {
    asserted: "reported as fact",
    negated: "reported as not so",
    planned: "planned, not yet done",
    hypothetical: "possible, not reported as fact",
    alleged: "alleged",
  };

  const jump = (node, note) =>
    el("button", { type: "button", class: "jump", "data-id": node.id, onclick: () => newsloom.select(node.id) },
      mark(node), el("bdi", {}, node.name),
      state.pinned.has(node.id) ? el("span", { class: "pin", role: "img", "aria-label": "pinned" }) : null,
      note ? [" ", el("small", {}, note)] : null);

  const mark = (node) =>
    el("span", { class: `dot ${node.kind}`, style: node.kind === "event" ? { "--colour": data.type(node).colour } : {} });

  const list = (title, items) =>
    items.length
      ? el("section", {},
          el("h3", {}, `${title} (${items.length})`),
          el("ul", { class: "list" }, items.map((item) => el("li", {}, item))))
      : null;

  function leftOut() {
    const { events, undrawn, refused } = data.view.leftOut;
    const notes = [];
    if (events) notes.push(`${plural(events, "event")} left out: the page holds the most reported and most connected.`);
    const rest = Object.entries(undrawn).map(([kind, count]) => plural(count, kind));
    if (rest.length) notes.push(`${rest.join(" and ")} with few ties not drawn; search finds them.`);
    if (refused) notes.push(`${plural(refused, "input")} could not be read.`);
    return notes.length ? el("p", { class: events || refused ? "note loud" : "note", id: "left-out" }, notes.join(" ")) : null;
  }

  function overview() {
    const links = [...data.relations.values()].filter((r) => data.relationType(r).causal).length;
    const events = data.events.filter((node) => state.visible.has(node.id));
    const hidden = data.events.length - events.length;
    return [
      el("h2", {}, "Overview"),
      el("p", {},
        `${plural(data.events.length, "event")}, ${plural(links, "causal link")} from ` +
        `${plural(data.view.articles.length, "article")}. Select a node, a line or an item of a list.`),
      el("p", { class: "keys" }, el("kbd", {}, "/"), " search ", el("kbd", {}, "←"), el("kbd", {}, "→"), " along causes ",
        el("kbd", {}, "?"), " all keys"),
      leftOut(),
      section(hidden ? `Events in order: ${events.length} of ${data.events.length}` : "Events in order", byDate(events)),
    ];
  }

  // Lists of events under their dates, the first hundreds at once.
  function byDate(events) {
    const dates = new Map();
    const rest = events.slice(MOST_LISTED);
    for (const node of events.slice(0, MOST_LISTED)) dates.set(node.brief, [...(dates.get(node.brief) ?? []), node]);
    const lists = [...dates].flatMap(([date, nodes]) => [
      el("h4", {}, date),
      el("ul", { class: "list" }, nodes.map((node) => el("li", {}, jump(node)))),
    ]);
    if (!rest.length) return lists;
    const more = el("button", { type: "button", class: "more" }, `${rest.length.toLocaleString("en")} more`);
    more.addEventListener("click", () => more.replaceWith(...byDate(rest)));
    return [...lists, more];
  }

  function found() {
    const hits = [...state.matches].map(([id, where]) => [data.nodes.get(id), where]);
    const rank = { event: 0, actor: 1, place: 2, article: 3 };
    hits.sort(([a, x], [b, y]) => (x !== "name") - (y !== "name") || rank[a.kind] - rank[b.kind] ||
      (data.order.get(a.id) ?? 0) - (data.order.get(b.id) ?? 0));
    const shown = hits.slice(0, 100);
    const byName = shown.filter(([, where]) => where === "name").map(([node]) => jump(node, node.brief ?? node.kind));
    const byText = shown.filter(([, where]) => where !== "name").map(([node, sentence]) =>
      [jump(node, node.brief ?? node.kind), el("p", { class: "snippet" }, el("bdi", {}, data.view.sentences[sentence][3]))]);
    return [
      el("h2", {}, `“${state.query.trim()}”`),
      el("p", {}, hits.length ? `${plural(hits.length, "match")}.` : "Nothing found in names or evidence."),
      list("In names", byName),
      list("In evidence", byText),
    ];
  }

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

  function facts(pairs) {
    const rows = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "" && value.length !== 0);
    return rows.length ? el("dl", {}, rows.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])) : null;
  }

  // Who says something, in which article, on which day.
  function origin({ source, article, reported }) {
    const told = data.view.articles[article];
    const rest = [told?.source || told?.title, reported].filter(Boolean).join(", ");
    return [data.nodes.has(source) ? jump(data.nodes.get(source)) : null, rest ? el("small", {}, ` ${rest}`) : null].filter(Boolean);
  }

  function figure(given) {
    const more = [given.holds ? `of ${given.holds}` : null, given.factuality === "asserted" ? null : factualities[given.factuality]];
    const note = more.filter(Boolean).join(", ");
    return el("li", {}, el("b", {}, given.words), " ", ...origin(given), note ? el("small", {}, `, ${note}`) : null);
  }

  // What becomes of the event according to whom, each once; nothing where all agree.
  function versions(claims) {
    const told = new Map(claims.map((claim) => [`${claim.factuality} ${claim.source ?? `article ${claim.article}`}`, claim]));
    const agreed = new Set(claims.map((claim) => claim.factuality)).size < 2;
    return agreed ? null : el("ul", { class: "figures" },
      [...told.values()].map((claim) => el("li", {}, `${factualities[claim.factuality]}: `, ...origin(claim))));
  }

  function eventBody(node) {
    const says = [...new Set(node.evidence.map((quote) => quote.says).filter((id) => data.nodes.has(id)))];
    const speakers = says.map((id) => jump(data.nodes.get(id)));
    if (!says.length || node.evidence.some((quote) => !quote.says)) speakers.unshift("the article itself");
    const from = [node.phrase ? `“${node.phrase}”` : null, node.rule ? `rule ${node.rule}` : null].filter(Boolean).join(", ");
    const when = [node.date ?? "not said", node.edtf && node.edtf !== node.date ? el("code", {}, node.edtf) : null,
      from ? el("small", {}, from) : null].filter(Boolean);
    const days = node.precision
      ? `earliest ${node.earliest ?? "unknown"}, latest ${node.latest ?? "unknown"}, precision ${node.precision}`
      : null;
    return [
      facts([
        ["Date", when.flatMap((part) => [part, " "])],
        ["Days", days],
        ["Status", factualities[node.factuality]],
        ["Says so", speakers.map((speaker) => el("div", {}, speaker))],
        ["Versions", versions(node.claims)],
        ["Reported by", plural(node.sources, "source")],
        ["Figures", node.figures.length ? el("ul", { class: "figures" }, node.figures.map(figure)) : null],
      ]),
      section("Evidence", evidence.quotes(node.evidence)),
      list("Caused by", data.causesOf(node.id).map((step) => stepTo(step, node))),
      list("Leads to", data.effectsOf(node.id).map((step) => stepTo(step, node))),
      ...around(node),
      node.reasons.length ? section("Why one event", [el("ul", { class: "figures" }, node.reasons.map((reason) => el("li", {}, reason)))]) : null,
    ];
  }

  // One cause or effect: where it leads, by which relation, in which words, how sure.
  function stepTo({ id, relation }, node) {
    const type = data.relationType(relation);
    const label = relation.source === node.id ? type.label : type.inverse;
    const cues = [...new Set(relation.evidence.map((proof) => proof.cue).filter(Boolean))].map((cue) => `“${cue}”`);
    return [jump(data.nodes.get(id), [label, ...cues, evidence.percent(relation.confidence)].join(" · ")), proofs(relation)];
  }

  function proofs(relation) {
    const body = el("details", { class: "proof" }, el("summary", { "aria-label": "Evidence of this line" }, "sentence"));
    body.addEventListener("toggle", () => {
      if (body.open && body.childElementCount === 1) body.append(...evidence.quotes(relation.evidence));
    });
    return body;
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
      known.set(id, [...(known.get(id) ?? []), label]);
    }
    const items = (kind) =>
      [...groups[kind]].sort(([a], [b]) => (data.order.get(a) ?? 0) - (data.order.get(b) ?? 0)).map(([id, labels]) => {
        const other = data.nodes.get(id);
        const date = other.brief;
        return jump(other, [[...new Set(labels)].join(", "), date].filter(Boolean).join(" · "));
      });
    const eventTitle = node.kind === "event" ? "Other links" : "Events";
    const actorTitle = node.kind === "actor" ? "Ties" : "Actors";
    const lists = [[actorTitle, "actor"], ["Places", "place"], ["Reported in", "article"]];
    const at = node.kind === "event" ? 2 : 0;
    lists.splice(at, 0, [eventTitle, "event"]);
    return lists.map(([title, kind]) => list(title, items(kind)));
  }

  const section = (title, children) => el("section", {}, el("h3", {}, title), children);

  function otherBody(node) {
    const article = node.kind === "article" ? data.view.articles[node.article] : null;
    const within = node.within && data.nodes.get(node.within);
    return [
      facts([
        ["Country", node.country],
        ["Sector", node.sector?.join(", ")],
        ["Offices", node.offices?.join("; ")],
        ["Wikidata", node.wikidata],
        ["Lies in", within ? jump(within) : null],
        ["Coordinates", node.lat === null || node.lat === undefined ? null : `${node.lat}, ${node.lon}`],
        ["GeoNames", node.geonames],
        ["Source", article?.source],
        ["Published", article?.published],
        ["Mentions", node.mentions || null],
      ]),
      node.kind === "actor" ? newsloom.actors.dealings(node.id) : null,
      ...around(node),
      node.evidence.length ? section("Evidence", evidence.quotes(node.evidence, 3)) : null,
    ];
  }

  function nodeBody({ id }) {
    const node = data.nodes.get(id);
    return [...head(node), ...(node.kind === "event" ? eventBody(node) : otherBody(node))];
  }

  // What to tell of each kind of thing that can be selected; other modules add to it.
  const bodies = { node: nodeBody };

  // What other modules tell beneath that: functions that return an element, or null.
  const more = [];

  function render() {
    const chosen = state.selected;
    let content;
    if (chosen) content = bodies[chosen.kind]?.(chosen) ?? [];
    else if (state.picked.size && bodies.picked) content = bodies.picked();
    else content = state.matches ? found() : overview();
    const back = chosen || state.picked.size
      ? el("button", { type: "button", class: "close", "aria-label": "Back to the overview", onclick: () => newsloom.clear() }, "×")
      : null;
    panel.replaceChildren(...[back, ...content, ...more.map((tell) => tell())].filter(Boolean));
    panel.scrollTop = 0;
  }

  return { render, bodies, more, jump, list, section, kindNames, factualities };
})();
