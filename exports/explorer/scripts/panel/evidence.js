"use strict";
// Sentences as quotations: the words that say so marked, and where they stand.
newsloom.evidence = (() => {
  const { data, el, words } = newsloom;

  // Offsets count code points, so the text is taken apart by code points as well.
  function marked(text, marks) {
    const letters = Array.from(text);
    const kinds = letters.map(() => "");
    for (const wanted of ["name", "trigger", "cue"]) {
      for (const [start, end, kind] of marks) if (kind === wanted) kinds.fill(kind, start, end);
    }
    const parts = [];
    for (let start = 0, end = 0; start < letters.length; start = end) {
      while (end < letters.length && kinds[end] === kinds[start]) end += 1;
      const piece = letters.slice(start, end).join("");
      parts.push(kinds[start] ? el("mark", { class: kinds[start] }, piece) : piece);
    }
    return parts;
  }

  function link(article) {
    const title = article.title;
    return /^https?:\/\//i.test(article.url ?? "")
      ? el("a", { href: article.url, rel: "noopener noreferrer", target: "_blank" }, title)
      : title;
  }

  function quote({ sentence, marks = [], says, factuality, rule, confidence }) {
    const [number, start, end, text] = data.view.sentences[sentence];
    const article = data.view.articles[number];
    const speaker = says ? data.nodes.get(says) : null;
    const notes = [
      article.source,
      article.published?.slice(0, 10),
      `characters ${start}–${end}`,
      rule ? `rule ${rule}` : null,
      confidence === undefined ? null : words.percent(confidence),
    ].filter(Boolean);
    return el("figure", { class: "quote" },
      el("blockquote", { dir: "auto" }, marked(text, marks)),
      el("figcaption", {},
        speaker ? el("span", { class: "says" }, "says ", newsloom.panel.jump(speaker), " ") : null,
        factuality && factuality !== "asserted" ? el("span", { class: "tag" }, factuality) : null,
        el("cite", {}, link(article)), ` · ${notes.join(" · ")}`,
      ),
    );
  }

  // The first few quotations, and a button for the others.
  function quotes(list, first = 4) {
    if (!list.length) return [el("p", { class: "none" }, "No sentence is kept for this.")];
    const rest = list.slice(first);
    const shown = list.slice(0, first).map(quote);
    if (!rest.length) return shown;
    const more = el("button", { type: "button", class: "more" }, `${rest.length} more`);
    more.addEventListener("click", () => more.replaceWith(...rest.map(quote)));
    return [...shown, more];
  }

  return { quote, quotes };
})();
