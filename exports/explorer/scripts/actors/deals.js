"use strict";
// Who deals with whom: the pairs of actors in the events that the filters leave, from cooperation to conflict.
newsloom.deals = (() => {
  const { data, state, plural } = newsloom;
  const MARKED = 5; // from this score on PLOVER's scale of -10 to 10 it is marked conflict or cooperation
  const SLIGHT = 1; // within this of 0 it is neither
  const MOSTLY = 2 / 3; // of what is done by either side

  const signs = { "marked-conflict": "−", conflict: "−", mixed: "±", cooperation: "+", "marked-cooperation": "+" };

  let all = []; // {event, one, other, way}, as the part tells them
  let pairs = new Map(); // key -> pair
  let partners = new Map(); // actor -> its pairs
  let counted = null; // the visible nodes that the pairs were counted from

  const ends = (one, other) => (one < other ? [one, other] : [other, one]);
  const key = (one, other) => JSON.stringify(ends(one, other));

  function load() {
    const node = (number) => data.view.nodes[number].id;
    all = data.view.web.deals.map(([event, one, other, way]) => ({ event: node(event), one: node(one), other: node(other), way }));
    counted = null;
  }

  // The pairs of what is visible now; counted anew only when something else is visible.
  function count() {
    if (counted === state.visible) return;
    counted = state.visible;
    const shared = new Map();
    for (const deal of all) {
      if (![deal.event, deal.one, deal.other].every((id) => state.visible.has(id))) continue;
      const known = key(deal.one, deal.other);
      (shared.get(known) ?? shared.set(known, []).get(known)).push(deal);
    }
    pairs = new Map([...shared].map(([known, own]) => [known, pair(known, own)]).filter(([, { events }]) => events.length));
    partners = new Map();
    for (const found of pairs.values()) {
      for (const id of [found.one, found.other]) (partners.get(id) ?? partners.set(id, []).get(id)).push(found);
    }
    for (const list of partners.values()) list.sort((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1));
  }

  const status = ({ event }) => data.nodes.get(event).factuality;

  // Two actors and what is between them; what is denied is no dealing, what is planned or alleged counts apart.
  function pair(known, own) {
    const [one, other] = ends(own[0].one, own[0].other);
    const denied = own.filter((deal) => status(deal) === "negated");
    const told = own.filter((deal) => status(deal) !== "negated");
    const happened = told.filter((deal) => status(deal) === "asserted");
    const by = (actor) => happened.filter((deal) => deal.way === "to" && deal.one === actor);
    const scored = scores(scores(happened).length ? happened : told);
    return {
      key: known, one, other, deals: told, denied, happened,
      score: mean(scored), tone: tone(scored), rating: rating(scored),
      there: by(one), back: by(other),
      open: told.length - happened.length,
      events: [...new Set(told.map(({ event }) => event))],
      weight: told.length - 0.6 * (told.length - happened.length),
    };
  }

  // The scores of what two do to or with each other: standing on the same side says nothing of it.
  const scores = (deals) =>
    deals.filter(({ way }) => way !== "beside").map(({ event }) => data.nodes.get(event).intensity ?? null).filter((score) => score !== null);
  const mean = (list) => (list.length ? list.reduce((a, b) => a + b, 0) / list.length : null);

  const isBoth = (list) => list.some((score) => score > 0) && list.some((score) => score < 0);

  function tone(list) {
    const score = mean(list);
    if (score === null) return "unknown";
    if (Math.abs(score) < SLIGHT) return isBoth(list) ? "mixed" : "even";
    const kind = score < 0 ? "conflict" : "cooperation";
    return Math.abs(score) >= MARKED ? `marked-${kind}` : kind;
  }

  // The same in words, with the mean: "mostly conflict (−2.7)".
  function rating(list) {
    if (!list.length) return "no score";
    const score = mean(list);
    const kind = score < 0 ? "conflict" : "cooperation";
    const name = { mixed: "conflict and cooperation", even: "neither conflict nor cooperation" }[tone(list)] ?? (isBoth(list) ? `mostly ${kind}` : kind);
    return `${name} (${signed(score)})`;
  }

  // Which way a pair's dealings run: "there", "back", "both", or null where neither acts on the other.
  function run({ there, back }) {
    const acts = there.length + back.length;
    if (!acts) return null;
    if (there.length >= acts * MOSTLY) return "there";
    return back.length >= acts * MOSTLY ? "back" : "both";
  }

  const signed = (score) => `${score > 0 ? "+" : score < 0 ? "−" : ""}${Math.abs(score).toFixed(1)}`;
  const name = (id) => data.nodes.get(id).name;
  const otherOf = (found, id) => (found.one === id ? found.other : found.one);

  // How much, and of what kind: "12 events, mostly conflict (−4.2); 3 of them planned, possible or alleged".
  function words(found) {
    const { open, events } = found;
    const sure = open === 0 ? "" : open === found.deals.length ? ", only planned, possible or alleged" : `, ${open} of them planned, possible or alleged`;
    return `${plural(events.length, "event")}${sure}: ${found.rating}`;
  }

  // The line beside the pointer: who to whom, each way by itself where the two ways differ.
  function title(found) {
    const { one, other, there, back } = found;
    const [a, b] = [name(one), name(other)];
    const ways = { there: `${a} → ${b}`, back: `${b} → ${a}`, both: `${a} ↔ ${b}` };
    const lines = [`${ways[run(found)] ?? `${a} — ${b}`}: ${words(found)}`];
    if (there.length && back.length) lines.push(`${ways.there}: ${side(there)}`, `${ways.back}: ${side(back)}`);
    return lines.join("\n");
  }

  const side = (own) => `${plural(own.length, "event")}, ${rating(scores(own))}`;

  return {
    load, signs, tone, scores, mean, run, words, title, side, signed, name, otherOf, key,
    pairs: () => (count(), pairs),
    of: (id) => (count(), partners.get(id) ?? []),
    between: (one, other) => (count(), pairs.get(key(one, other)) ?? null),
    all: () => all,
  };
})();
