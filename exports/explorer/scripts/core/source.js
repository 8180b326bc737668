"use strict";
// Where the page's data comes from: parts packed in the file itself, or a server of newsloom.
newsloom.source = (() => {
  const manifest = JSON.parse(document.getElementById("manifest").textContent);

  async function fetched(path) {
    const answer = await fetch(path);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${answer.statusText}`);
    return answer.json();
  }

  const kept = document.getElementById("common"); // the texts and articles that several parts of a file quote, packed
  let common = null; // promise of {texts, articles}

  // A part with the texts and articles that it only gives the numbers of.
  async function whole(given) {
    if (!kept) return given;
    common ??= newsloom.library.unpack(kept).then(JSON.parse);
    const { texts, articles } = await common;
    return {
      ...given,
      sentences: given.sentences.map(([article, start, end, text]) => [article, start, end, typeof text === "number" ? texts[text] : text]),
      articles: given.articles.map((article) => (typeof article === "number" ? articles[article] : article)),
    };
  }

  async function part(name) {
    const packed = document.getElementById(`part/${name}`);
    if (packed) return whole(JSON.parse(await newsloom.library.unpack(packed)));
    if (!manifest.served) throw new Error(`This page does not hold ${name}.`);
    const at = name.indexOf("/");
    return fetched(at < 0 ? `api/part/${encodeURIComponent(name)}` : `api/around/${encodeURIComponent(name.slice(at + 1))}`);
  }

  // Whether there may be such a part: one of the list, or on a server what lies around a node (around/ID).
  const has = (name) => manifest.parts.some((known) => known.name === name) || (manifest.served && name.startsWith("around/"));

  const MOST = 20; // results of a search
  const index = document.getElementById("names"); // the names in all parts of a file, packed
  let names = null; // promise of [{part, at, kind, name, folded}]
  const answers = new Map(); // words -> promise of what was found

  // The names that have all the words, the shortest first.
  async function inFile(words) {
    const { fold, terms } = newsloom.search;
    names ??= newsloom.library.unpack(index).then(JSON.parse).then(({ parts, names: rows }) =>
      rows.map(([of, at, kind, name]) => ({ part: parts[of], at, kind, name, folded: fold(name) })));
    const wanted = terms(words);
    const found = (await names).filter(({ folded }) => wanted.every((word) => folded.includes(word)));
    return found.sort((a, b) => a.name.length - b.name.length || (a.name < b.name ? -1 : 1));
  }

  // A server looks at sentences, too; of an event it knows the part that holds it, around others it makes one.
  async function onServer(words) {
    const { nodes, sentences } = await fetched(`api/search?limit=${MOST}&q=${encodeURIComponent(words.slice(0, 300))}`);
    const told = sentences.flatMap(({ nodes: within, sentence, title }) => {
      const one = within.find((node) => node.part) ?? within[0];
      return one ? [{ ...one, name: title ?? one.id, kind: one.id.split("/")[0], note: sentence }] : [];
    });
    return [...nodes, ...told].map((one) => ({ ...one, part: one.part ?? `around/${one.id}` }));
  }

  // What there is for some words in the whole graph and not in the part that is open: [{part, id or at, name, kind, note}],
  // where `at` is the number of the node in its part.
  async function search(words) {
    const sought = words.trim();
    if (!sought || (!manifest.served && !index)) return [];
    if (!answers.has(sought)) {
      answers.set(sought, manifest.served ? onServer(sought) : inFile(sought));
      answers.get(sought).catch(() => answers.delete(sought));
    }
    try {
      const found = await answers.get(sought);
      const key = ({ id, kind, name }) => (manifest.served ? id : `${kind} ${name}`);
      const seen = new Set([...newsloom.data.nodes.values()].map(key));
      const fresh = found.filter((one) => !seen.has(key(one)) && seen.add(key(one)));
      return fresh.slice(0, 2 * MOST).map((one) => ({ note: titleOf(one.part) ?? one.kind, ...one }));
    } catch (error) {
      newsloom.say(`The rest of the graph cannot be searched: ${error.message}`);
      return [];
    }
  }

  const titleOf = (name) => manifest.parts.find((known) => known.name === name)?.title;

  return { manifest, fetched, part, has, search };
})();
