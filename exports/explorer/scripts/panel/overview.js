"use strict";
// The panel while nothing is selected: what the part holds, and its events in order.
newsloom.overview = (() => {
  const { data, state, el, plural, pieces } = newsloom;
  const MOST_LISTED = 300;

  const listed = (words) => (words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words.at(-1)}` : words[0]);

  function leftOut() {
    const { events, undrawn, refused } = data.view.leftOut;
    const notes = [];
    if (events) notes.push(`${plural(events, "event")} left out: the page holds the most reported and most connected.`);
    const rest = Object.entries(undrawn).map(([kind, count]) => plural(count, kind));
    if (rest.length) notes.push(`${listed(rest)} with few ties ${cells().length ? "not listed" : "not drawn"}; search finds them.`);
    if (refused) notes.push(`${plural(refused, "input")} could not be read.`);
    return notes.length ? el("p", { class: events || refused ? "note loud" : "note", id: "left-out" }, notes.join(" ")) : null;
  }

  const cells = () => data.view.cells ?? [];

  // What there is here, and of what it is a part.
  function about() {
    const links = [...data.relations.values()].filter((r) => data.relationType(r).causal).length;
    const held = data.count("event");
    const all = cells().reduce((sum, { events }) => sum + events, 0);
    const counts = `${plural(links, "causal link")} from ${plural(data.view.articles.length, "article")}`;
    if (!all) return el("p", {}, `${plural(held, "event")}, ${counts}. Select a node, a line or an item of a list.`);
    return el("p", { id: "of-all" },
      `The ${plural(held, "event")} that matter most, of ${all.toLocaleString("en")}: ${counts}. ` +
      "A box in the Story is what happened in one story at one time, all of its events counted; choose it to open them.");
  }

  // The parts of a graph that is too large for one, as buttons.
  function stories() {
    if (!cells().length) return null;
    const { parts, first } = newsloom.source.manifest;
    const button = ({ name, title, events }) =>
      el("button", { type: "button", class: "jump", onclick: () => newsloom.openPart(name) }, el("bdi", {}, title), " ", el("small", {}, plural(events, "event")));
    return pieces.list("Stories to open", parts.filter(({ name }) => name !== first).map(button), 8);
  }

  function body() {
    const events = data.events.filter((node) => state.visible.has(node.id));
    const hidden = data.events.length - events.length;
    return [
      el("h2", {}, el("bdi", {}, data.view.title ?? "Overview")),
      about(),
      el("p", { class: "keys" }, el("kbd", {}, "/"), " search ", el("kbd", {}, "←"), el("kbd", {}, "→"), " along causes ",
        el("kbd", {}, "?"), " all keys"),
      leftOut(),
      hidden && cells().length ? el("p", { class: "note" }, "Filters narrow the events below and the other views; the boxes count all.") : null,
      stories(),
      el("section", {}, el("h3", {}, hidden ? `Events in order: ${events.length.toLocaleString("en")} of ${data.events.length.toLocaleString("en")}` : "Events in order"), byDate(events)),
    ];
  }

  // Lists of events under their dates, the first hundreds at once.
  function byDate(events) {
    const dates = new Map();
    const rest = events.slice(MOST_LISTED);
    for (const node of events.slice(0, MOST_LISTED)) dates.set(node.brief, [...(dates.get(node.brief) ?? []), node]);
    const lists = [...dates].flatMap(([date, nodes]) => [
      el("h4", {}, date),
      el("ul", { class: "list" }, nodes.map((node) => el("li", {}, pieces.jump(node)))),
    ]);
    if (!rest.length) return lists;
    const more = el("button", { type: "button", class: "more" }, `${rest.length.toLocaleString("en")} more`);
    more.addEventListener("click", () => more.replaceWith(...byDate(rest)));
    return [...lists, more];
  }

  return { body };
})();
