"use strict";
// What the panel is built of: buttons that lead to a node, lists, sections that fold, tables of facts.
newsloom.pieces = (() => {
  const { data, state, el } = newsloom;
  const FIRST = 20; // items of a list that are shown at once
  const folded = new Set(); // titles of the sections that the reader folded: they stay so

  const factualities = {
    asserted: "reported as fact",
    negated: "reported as not so",
    planned: "planned, not yet done",
    hypothetical: "possible, not reported as fact",
    alleged: "alleged",
  };

  // A button that selects a node; `words` are marked in its name.
  const jump = (node, note, query = "") =>
    el("button", { type: "button", class: "jump", "data-id": node.id, onclick: () => newsloom.select(node.id) },
      mark(node), el("bdi", {}, highlighted(node.name, query)),
      state.pinned.has(node.id) ? el("span", { class: "pin", role: "img", "aria-label": "pinned" }) : null,
      note ? [" ", el("small", {}, note)] : null);

  const mark = (node) =>
    el("span", { class: `dot ${node.kind}`, "aria-hidden": "true", style: node.kind === "event" ? { "--colour": data.type(node).colour } : {} });

  // A text as pieces, the words of a query marked.
  function highlighted(text, query) {
    if (!query) return [text];
    const letters = Array.from(text);
    let end = 0;
    const pieces = newsloom.search.places(text, query).flatMap(([start, stop]) => {
      const before = letters.slice(end, start).join("");
      end = stop;
      return [before, el("mark", { class: "hit" }, letters.slice(start, stop).join(""))];
    });
    return [...pieces, letters.slice(end).join("")].filter(Boolean);
  }

  // The first few items, and a button for as many again each time.
  function items(all, first = FIRST) {
    const shown = all.slice(0, first).map((item) => el("li", {}, item));
    const rest = all.slice(first);
    if (!rest.length) return shown;
    const more = el("button", { type: "button", class: "more" }, `${rest.length.toLocaleString("en")} more`);
    const last = el("li", {}, more);
    more.addEventListener("click", () => {
      const next = items(rest, first * 5);
      last.replaceWith(...next);
      next[0].querySelector("button")?.focus();
    });
    return [...shown, last];
  }

  const list = (title, all, first) =>
    all.length ? section(`${title} (${all.length.toLocaleString("en")})`, el("ul", { class: "list" }, items(all, first)), title) : null;

  // A part of the panel under a heading that folds it away.
  function section(title, children, name = title) {
    const body = el("div", { class: "body" }, children);
    const button = el("button", { type: "button", class: "fold" }, title);
    const show = () => {
      body.hidden = folded.has(name);
      button.setAttribute("aria-expanded", String(!body.hidden));
    };
    button.addEventListener("click", () => {
      if (!folded.delete(name)) folded.add(name);
      show();
    });
    show();
    return el("section", {}, el("h3", {}, button), body);
  }

  function facts(pairs) {
    const rows = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "" && value.length !== 0);
    return rows.length ? el("dl", {}, rows.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])) : null;
  }

  const unknown = (words) => el("span", { class: "none" }, words);

  // What an article is called in a line: its source, else its title.
  const outlet = (number) => {
    const told = data.view.articles[number];
    return told?.source || told?.title || "an article";
  };

  // A small button that opens the sentence below what it stands in.
  function sentence(quote, words = "sentence") {
    const button = el("button", { type: "button", class: "quoted", "aria-expanded": "false" }, words);
    const room = el("div", { hidden: true });
    button.addEventListener("click", () => {
      room.hidden = !room.hidden;
      button.setAttribute("aria-expanded", String(!room.hidden));
      if (!room.hidden && !room.firstChild) room.append(newsloom.evidence.quote(quote));
    });
    return [button, room];
  }

  return { factualities, jump, mark, highlighted, items, list, section, facts, unknown, outlet, sentence };
})();
