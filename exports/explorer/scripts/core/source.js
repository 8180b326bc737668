"use strict";
// Where the page's data comes from: parts packed in the file itself, or a server of newsloom.
newsloom.source = (() => {
  const manifest = JSON.parse(document.getElementById("manifest").textContent);

  async function fetched(path) {
    const answer = await fetch(path);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${answer.statusText}`);
    return answer.json();
  }

  async function part(name) {
    const packed = document.getElementById(`part/${name}`);
    if (packed) return JSON.parse(await newsloom.library.unpack(packed));
    if (!manifest.served) throw new Error(`This page does not hold ${name}.`);
    const at = name.indexOf("/");
    return fetched(at < 0 ? `api/part/${encodeURIComponent(name)}` : `api/around/${encodeURIComponent(name.slice(at + 1))}`);
  }

  // Whether there may be such a part: one of the list, or on a server what lies around a node (around/ID).
  const has = (name) => manifest.parts.some((known) => known.name === name) || (manifest.served && name.startsWith("around/"));

  // What a server finds in the whole graph: nodes and sentences.
  const search = (words, limit = 20) => fetched(`api/search?limit=${limit}&q=${encodeURIComponent(words.slice(0, 300))}`);

  return { manifest, fetched, part, has, search };
})();
