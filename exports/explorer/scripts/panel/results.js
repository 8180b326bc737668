"use strict";
// The panel while something is sought: what was found, best first, the words marked; from the search field the arrow keys
// go through it, and Enter opens the first.
newsloom.results = (() => {
  const { data, state, el, plural, pieces, search } = newsloom;
  const MOST = 100;
  const AROUND = 60; // letters of a sentence before the first word that was found
  const field = document.getElementById("search");
  const panel = document.getElementById("panel");

  function body() {
    const count = state.matches.size;
    const shown = search.ranked(state.matches, state.query, MOST);
    const named = shown.filter(([, where]) => where === "name").map(([node]) => [button(node), alias(node)]);
    const told = shown.filter(([, where]) => where !== "name").map(([node, sentence]) => [button(node), snippet(data.view.sentences[sentence][3])]);
    const rest = count - shown.length;
    const elsewhere = el("div", {});
    lookElsewhere(elsewhere);
    return [
      el("h2", {}, "“", el("bdi", {}, newsloom.words.cut(state.query.trim(), 80)), "”"),
      el("p", {}, count ? `${plural(count, "match")}${rest ? `, the best ${MOST} of them here` : ""}.` : "Nothing found in names or evidence."),
      count ? el("p", { class: "keys" }, el("kbd", {}, "Enter"), " opens the first ", el("kbd", {}, "↓"), el("kbd", {}, "↑"), " go through") : null,
      pieces.list("In names", named, MOST),
      pieces.list("In evidence", told, MOST),
      elsewhere,
    ];
  }

  const button = (node) => pieces.jump(node, hint(node), state.query);

  function hint(node) {
    const away = state.visible.has(node.id) ? "" : " · not shown now";
    return `${node.kind === "event" ? node.brief : node.kind}${away}`;
  }

  // The other name by which a node was found.
  function alias(node) {
    if (search.places(node.name, state.query).length) return null;
    const found = node.aliases.find((name) => search.places(name, state.query).length);
    return found ? el("p", { class: "snippet" }, "also ", el("bdi", {}, pieces.highlighted(found, state.query))) : null;
  }

  function snippet(text) {
    const [first] = search.places(text, state.query);
    const letters = Array.from(text);
    const start = first && first[0] > AROUND ? first[0] - AROUND / 2 : 0;
    const shown = `${start ? "…" : ""}${letters.slice(start, start + 400).join("")}`;
    return el("p", { class: "snippet" }, el("bdi", {}, pieces.highlighted(shown, state.query)));
  }

  // What the open part does not hold, in the rest of the file or on the server: a click opens the part that does.
  async function lookElsewhere(room) {
    const { query } = state;
    const found = await newsloom.source.search(query);
    if (!found.length || query !== state.query) return;
    room.append(pieces.list("In other parts", found.map((one) =>
      el("button", { type: "button", class: "jump", onclick: () => openElsewhere(one) },
        el("span", { class: `dot ${one.kind}`, "aria-hidden": "true" }), el("bdi", {}, pieces.highlighted(one.name, query)), " ", el("small", {}, one.note)))));
  }

  async function openElsewhere({ part, id, at }) {
    if (await newsloom.openPart(part)) newsloom.select(id ?? data.view.nodes[at].id);
  }

  const buttons = () => (state.matches && !state.selected ? [...panel.querySelectorAll(".list .jump")].filter((one) => one.checkVisibility()) : []);

  // The words may be newer than what was found: then the first of what will be found is opened.
  let waiting = false;
  function openFirst() {
    waiting = field.value !== state.query;
    if (!waiting) buttons()[0]?.click();
  }

  field.addEventListener("focus", search.index); // so that the first letter does not wait for it
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") openFirst();
    else if (event.key === "ArrowDown" && buttons().length) buttons()[0].focus();
    else return;
    event.preventDefault();
  });

  panel.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const all = step ? buttons() : [];
    const at = all.indexOf(event.target);
    if (at < 0) return;
    event.preventDefault();
    if (at + step < 0) field.focus();
    else all[Math.min(at + step, all.length - 1)].focus();
  });

  // Called when the panel shows what was found.
  function shown() {
    if (!waiting || field.value !== state.query) return;
    waiting = false;
    queueMicrotask(() => buttons()[0]?.click());
  }

  return { body, shown };
})();
