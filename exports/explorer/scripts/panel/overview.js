"use strict";
// The panel while nothing is selected: what the part holds, and its events in order.
newsloom.overview = (() => {
  const { data, state, el, plural, pieces } = newsloom;
  const MOST_LISTED = 300;

  function leftOut() {
    const { events, undrawn, refused } = data.view.leftOut;
    const notes = [];
    if (events) notes.push(`${plural(events, "event")} left out: the page holds the most reported and most connected.`);
    const rest = Object.entries(undrawn).map(([kind, count]) => plural(count, kind));
    if (rest.length) notes.push(`${rest.join(" and ")} with few ties not drawn; search finds them.`);
    if (refused) notes.push(`${plural(refused, "input")} could not be read.`);
    return notes.length ? el("p", { class: events || refused ? "note loud" : "note", id: "left-out" }, notes.join(" ")) : null;
  }

  function body() {
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
      el("section", {}, el("h3", {}, hidden ? `Events in order: ${events.length} of ${data.events.length}` : "Events in order"), byDate(events)),
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
