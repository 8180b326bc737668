"use strict";
// What the panel tells of two actors: who did what to whom, when, and the sentences that say so; and with whom one deals.
newsloom.actors = (() => {
  const { data, state, el, svg, plural, deals, evidence } = newsloom;
  const MOST_LISTED = 12;
  const [WIDE, HIGH, EDGE] = [288, 128, 14]; // of the little timeline, in pixels
  const DAYS = 100; // a longer time is drawn by months
  const jump = (node, note) => newsloom.panel.jump(node, note);
  const event = (id) => data.nodes.get(id);
  const bold = (id) => el("bdi", {}, deals.name(id));
  const inTime = (ids) => [...ids].sort((a, b) => (data.order.get(a) ?? 0) - (data.order.get(b) ?? 0));

  // The line of a tone, for lists.
  const swatch = (tone, open) =>
    svg("svg", { class: "sample", width: 18, height: 10, "aria-hidden": "true" },
      svg("g", { class: open ? "tie open" : "tie" }, svg("path", { class: `line ${tone}`, d: "M1 5H17", "stroke-width": 4 })));

  const list = (title, items, cls = "list") =>
    items.length ? el("section", {}, el("h3", {}, title), el("ul", { class: cls }, items.map((item) => el("li", {}, item)))) : null;

  function body({ id, other }) {
    const pair = deals.between(id, other);
    const head = [
      el("p", { class: "badges" }, el("span", { class: "badge actor" }, "pair of actors")),
      el("h2", { tabindex: -1 }, bold(id), " and ", bold(other)),
      el("p", { class: "ends" }, jump(event(id)), jump(event(other))),
    ];
    if (!pair) return [...head, el("p", { class: "none" }, "They share no event that the filters leave.")];
    return [
      ...head,
      el("p", { class: "rating" }, swatch(pair.tone, pair.open === pair.deals.length), " ", deals.words(pair), "."),
      pair.score === null ? null : el("p", { class: "note" }, "Mean of PLOVER’s scores of these events, from −10 (conflict) to +10 (cooperation)."),
      el("p", { class: "acts" }, only(pair)),
      el("section", {}, el("h3", {}, "Over time"), timeline(pair)),
      ways(pair),
      list(`Events (${pair.events.length})`, inTime(pair.events).map((found) => told(pair, found))),
      list(`Denied, not counted (${pair.denied.length})`, inTime(new Set(pair.denied.map((deal) => deal.event))).map((found) => jump(event(found), event(found).brief))),
    ];
  }

  // A button that leaves only these two and what is between them, or everything again.
  function only({ one, other, events }) {
    if (state.only) return el("button", { type: "button", class: "more", onclick: () => state.change({ only: null }) }, "Show everything again");
    const places = events.flatMap((id) => data.at(id).map((relation) => data.other(relation, id))).filter((id) => event(id).kind === "place");
    return el("button", { type: "button", class: "more", onclick: () => state.change({ only: new Set([one, other, ...events, ...places]) }) }, "Show only these two");
  }

  // Who did what to whom, by kinds of events.
  function ways({ one, other, happened, there, back, deals: all }) {
    const together = happened.filter(({ way }) => way === "with");
    const beside = happened.filter(({ way }) => way === "beside");
    const open = all.filter((deal) => !happened.includes(deal));
    const rows = [
      [[bold(one), " → ", bold(other)], there],
      [[bold(other), " → ", bold(one)], back],
      [["with each other"], together],
      [["on the same side"], beside],
      [["planned, possible or alleged"], open],
    ];
    return list("Who to whom", rows.filter(([, own]) => own.length).map(([title, own]) => [
      el("div", {}, el("b", {}, title), ` ${own === beside ? plural(own.length, "event") : deals.side(own)}`),
      el("small", {}, types(own)),
    ]), "figures ways");
  }

  function types(own) {
    const counts = new Map();
    for (const { event: id } of own) {
      const { label } = data.type(event(id));
      counts.set(label, (counts.get(label) ?? 0) + 1);
    }
    return [...counts].sort((a, b) => b[1] - a[1]).map(([label, count]) => (count > 1 ? `${label} ${count}` : label)).join(", ");
  }

  // An event, how it is scored, and the sentences that say so.
  function told(pair, id) {
    const node = event(id);
    const deal = pair.deals.find((found) => found.event === id);
    const notes = [node.brief, scoreOf(deal), node.factuality === "asserted" ? null : node.factuality].filter(Boolean);
    const details = el("details", { class: "proof" }, el("summary", { "aria-label": `Sentences of ${node.name}` }, "sentence"));
    details.addEventListener("toggle", () => {
      if (details.open && details.childElementCount === 1) details.append(...evidence.quotes(proofs(node, pair)));
    });
    return [jump(node, notes.join(" · ")), details];
  }

  const scoreOf = (deal) => {
    const [score] = deals.scores([deal]);
    return score === undefined ? null : deals.signed(score);
  };

  // What ties the event to either of the two, then what else tells of it; each sentence once.
  function proofs(node, { one, other }) {
    const ties = data.at(node.id).filter(({ target, type }) => [one, other].includes(target) && type !== "says");
    const seen = new Map();
    for (const proof of [...ties.flatMap((relation) => relation.evidence), ...node.evidence]) {
      if (!seen.has(proof.sentence)) seen.set(proof.sentence, { ...proof, marks: [...(proof.marks ?? [])] });
      else seen.get(proof.sentence).marks.push(...(proof.marks ?? []));
    }
    return [...seen.values()];
  }

  // Events along time: cooperation above the line, conflict below, what has no score on it.
  function timeline(pair) {
    const dated = inTime(pair.events).filter((id) => event(id).number !== null);
    const undated = pair.events.length - dated.length;
    const note = undated ? el("p", { class: "note" }, `${plural(undated, "event")} without a date ${undated === 1 ? "is" : "are"} not on it.`) : null;
    if (!dated.length) return note;
    const numbers = dated.map((id) => event(id).number);
    const [first, last] = [Math.min(...numbers), Math.max(...numbers)];
    const monthly = last - first > DAYS;
    const day = (number) => (monthly ? data.number(`${data.iso(number).slice(0, 7)}-15`) : number);
    const [low, high] = [day(first), day(last)];
    const x = (number) => (low === high ? WIDE / 2 : EDGE + ((day(number) - low) / (high - low)) * (WIDE - 2 * EDGE));
    const y = (score) => HIGH / 2 - 8 - (score / 10) * (HIGH / 2 - 20);
    const axis = HIGH / 2 - 8;
    const taken = new newsloom.Room(12);
    const dots = dated.map((id) => {
      const deal = pair.deals.find((found) => found.event === id);
      const [score] = deals.scores([deal]);
      return dot(id, score, freed(taken, x(event(id).number), y(score ?? 0)));
    });
    const words = (text, at, high_, anchor) => svg("text", { x: at, y: high_, "text-anchor": anchor }, text);
    const label = (number) => data.iso(number).slice(0, monthly ? 7 : 10);
    return [
      svg("svg", { class: "pair-time", viewBox: `0 0 ${WIDE} ${HIGH}`, role: "group", "aria-label": `Events of the two over time, ${label(first)} to ${label(last)}: cooperation above the line, conflict below` },
        svg("path", { class: "axis", d: `M0 ${axis}H${WIDE}` }),
        words("+ cooperation", 2, 10, "start"), words("− conflict", 2, HIGH - 18, "start"),
        low === high ? words(label(first), WIDE / 2, HIGH - 3, "middle") : [words(label(first), 2, HIGH - 3, "start"), words(label(last), WIDE - 2, HIGH - 3, "end")],
        dots),
      note,
    ].filter(Boolean);
  }

  // A place beside the wanted one that no other event has.
  function freed(taken, x, y) {
    const box = (at) => [at - 4.5, y - 4.5, at + 4.5, y + 4.5];
    const steps = Array.from({ length: 24 }, (_, n) => x + (n % 2 ? -1 : 1) * Math.ceil(n / 2) * 9.5);
    const free = steps.find((at) => at > 6 && at < WIDE - 6 && taken.isFree(box(at))) ?? x;
    taken.add(box(free));
    return { x: free, y };
  }

  function dot(id, score, { x, y }) {
    const node = event(id);
    const tone = score === undefined ? "unknown" : deals.tone([score]);
    const title = `${node.date ?? node.brief}: ${node.name}${score === undefined ? "" : ` (${deals.signed(score)})`}`;
    const shape = svg("g", {
      class: `dot-event ${node.factuality}`, role: "button", tabindex: 0, "aria-label": title, transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`,
      onclick: () => newsloom.select(id),
    }, svg("title", {}, title), svg("circle", { class: tone, r: 4.5 }));
    const choose = () => newsloom.select(id) && undefined;
    newsloom.typing(shape, { Enter: choose, " ": choose });
    return shape;
  }

  // With whom an actor deals, the most first: an element for the panel, or null.
  function dealings(id) {
    const pairs = deals.of(id);
    if (!pairs.length) return null;
    const items = pairs.map((pair) => {
      const other = event(deals.otherOf(pair, id));
      const open = el("button", {
        type: "button", class: "pair-jump", title: `${deals.name(id)} and ${other.name}`, "aria-label": `Dealings of ${deals.name(id)} with ${other.name}`,
        onclick: () => newsloom.selectPair(id, other.id),
      }, swatch(pair.tone, pair.open === pair.deals.length), " ", deals.words(pair));
      return [jump(other), open];
    });
    return el("section", {}, el("h3", {}, `Deals with (${pairs.length})`),
      el("ul", { class: "list dealings" }, newsloom.pieces.items(items, MOST_LISTED)));
  }

  newsloom.panel.bodies.pair = body;
  return { dealings };
})();
