"use strict";
// Words as the page writes them: counted, cut to their room, measured; and the words for statuses and shares.
newsloom.words = (() => {
  const FAMILY = 'system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif';
  const MOST_FOLDED = 400; // letters of a text that are looked at
  let pen = null;

  // Of events, relations and claims.
  const statuses = {
    asserted: "reported as fact",
    negated: "reported as not so",
    planned: "planned",
    hypothetical: "possible",
    alleged: "alleged",
  };

  const plural = (count, word) =>
    `${count.toLocaleString("en")} ${count === 1 ? word : word.replace(/y$/, "ie").replace(/(ch|sh|s)$/, "$1e")}${count === 1 ? "" : "s"}`;

  const percent = (share) => `${Math.round(100 * share)} %`;

  // A text of at most so many letters, the last of which tells that there are more.
  function cut(text, most) {
    const letters = Array.from(text.slice(0, 4 * most + 4));
    return letters.length > most ? `${letters.slice(0, most - 1).join("").trimEnd()}…` : text;
  }

  // The font of the drawings, as CSS.
  const font = (size, weight = 400) => `${weight} ${size}px ${FAMILY}`;

  // How wide a text is in a font, in pixels.
  function width(text, given) {
    pen ??= document.createElement("canvas").getContext("2d");
    pen.font = given;
    return pen.measureText(text).width;
  }

  // A text that is at most so wide, cut where it is wider.
  function fit(text, given, room) {
    if (text.length <= MOST_FOLDED && width(text, given) <= room) return text;
    const letters = Array.from(text.slice(0, MOST_FOLDED));
    while (letters.length > 1 && width(`${letters.join("")}…`, given) > room) letters.pop();
    return `${letters.join("").trimEnd()}…`;
  }

  // The words of a text; those that are too wide for a row are taken letter by letter.
  function pieces(text, given, room) {
    return text.slice(0, MOST_FOLDED).split(/\s+/u).filter(Boolean).flatMap((word) => {
      if (width(word, given) <= room) return [{ text: word, gap: " " }];
      return Array.from(word).map((letter, at) => ({ text: letter, gap: at ? "" : " " }));
    });
  }

  // A text over at most so many rows, none wider than its room, cut where it is longer.
  function fold(text, given, room, most) {
    const rows = [""];
    for (const piece of pieces(text, given, room)) {
      const joined = rows.at(-1) ? rows.at(-1) + piece.gap + piece.text : piece.text;
      if (width(joined, given) <= room) rows[rows.length - 1] = joined;
      else rows.push(piece.text);
    }
    if (rows.length <= most && text.length <= MOST_FOLDED) return rows;
    const kept = rows.slice(0, most);
    let last = Array.from(kept.pop());
    while (last.length > 1 && width(`${last.join("")}…`, given) > room) last = last.slice(0, -1);
    return [...kept, `${last.join("").trimEnd()}…`];
  }

  return { statuses, plural, percent, cut, font, width, fit, fold };
})();
newsloom.plural = newsloom.words.plural;
