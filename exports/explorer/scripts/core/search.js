"use strict";
// Search over names and sentences: all words must be in one name or in one sentence; "words in quotes" stand together;
// accents and capitals make no difference. What is typed is only ever compared, never run.
newsloom.search = (() => {
  const { data } = newsloom;
  // Letters that are no letter with an accent, yet are typed as one.
  const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ħ: "h", "’": "'", "‘": "'" };
  const PLAIN = /^[\0-\x7f]*$/;
  const MARK = /\p{M}|\p{Cf}/gu;
  const ODD = /[ßæœøłđðþıħ’‘]/g;
  let indexed = null; // the part that the index is of
  let names; // id of a node -> [its name, all its names], folded; those that matter most first
  let sentences; // each folded

  // A text as it is compared.
  function fold(text) {
    if (PLAIN.test(text)) return text.toLowerCase();
    return text.normalize("NFKD").replace(MARK, "").toLowerCase().replace(MARK, "").replace(ODD, (letter) => LETTERS[letter]);
  }

  // The words of a query; a quotation that is still open counts as well.
  function terms(query) {
    const found = query.match(/["“”„][^"“”„]*["“”„]?|[^\s"“”„]+/g) ?? [];
    const bare = found.map((word) => fold(word.replace(/["“”„]/g, "")).replace(/\s+/g, " ").trim());
    return [...new Set(bare.filter(Boolean))];
  }

  // Every text is folded, and the nodes are put in order, once a part.
  function index() {
    if (indexed === data.view) return;
    indexed = data.view;
    names = new Map();
    for (const node of [...data.nodes.values()].sort(before)) {
      const own = fold(node.name);
      names.set(node.id, [own, node.aliases.length ? [own, ...node.aliases.map(fold)].join("\n") : own]);
    }
    sentences = data.view.sentences.map(([, , , text]) => fold(text).replace(/\s+/g, " "));
  }

  // Map id -> "name" or the number of the first sentence that has the words; null when nothing is sought.
  function find(query) {
    const words = terms(query);
    if (!words.length) return null;
    index();
    const has = (text) => words.every((word) => text.includes(word));
    const hits = sentences.map(has);
    const matches = new Map();
    for (const [id, [, all]] of names) {
      if (has(all)) matches.set(id, "name");
      else {
        const quote = data.nodes.get(id).evidence.find(({ sentence }) => hits[sentence]);
        if (quote) matches.set(id, quote.sentence);
      }
    }
    return matches;
  }

  const KINDS = { event: 0, actor: 1, place: 2, article: 3 };

  const SAID = 5; // the rank of what only a sentence says

  // How well a name answers: it is the words, begins with them, has a word that does, has them; then its other names.
  function rank(id, words) {
    const [own] = names.get(id);
    const at = own.indexOf(words);
    if (at < 0) return 4;
    if (at) return /[\p{L}\p{N}]/u.test(own[at - 1]) ? 3 : 2;
    return own === words ? 0 : 1;
  }

  // The best of what `find` found, best first: [node, where].
  function ranked(matches, query, most = Infinity) {
    const words = terms(query);
    const phrase = words.join(" ");
    const groups = new Map(); // rank -> rows
    for (const [id, where] of matches) {
      const row = [data.nodes.get(id), where];
      const at = where === "name" ? Math.min(rank(id, phrase), rank(id, words[0]) + 0.5) : SAID;
      if (groups.has(at)) groups.get(at).push(row);
      else groups.set(at, [row]);
    }
    const best = [];
    for (const at of [...groups.keys()].sort((a, b) => a - b)) {
      if (best.length < most) best.push(...groups.get(at).slice(0, most));
    }
    return best.slice(0, most);
  }

  const before = (a, b) =>
    KINDS[a.kind] - KINDS[b.kind] || b.importance - a.importance || b.degree - a.degree || (data.order.get(a.id) ?? 0) - (data.order.get(b.id) ?? 0);

  // Where in a text the words of a query stand: [start, end] in letters (code points), in order and apart.
  function places(text, query) {
    const letters = Array.from(text);
    const from = []; // for each place in the folded text, the letter that it comes from
    let folded = "";
    letters.forEach((letter, at) => {
      let more = /\s/.test(letter) ? " " : fold(letter);
      if (more === " " && folded.endsWith(" ")) more = "";
      folded += more;
      for (let n = 0; n < more.length; n += 1) from.push(at);
    });
    const found = terms(query).flatMap((word) => {
      const spans = [];
      for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
        spans.push([from[at], from[at + word.length - 1] + 1]);
      }
      return spans;
    });
    found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    return found.filter(([start], at) => !at || start >= found.slice(0, at).reduce((most, [, end]) => Math.max(most, end), 0));
  }

  return { fold, terms, find, ranked, places, index };
})();
