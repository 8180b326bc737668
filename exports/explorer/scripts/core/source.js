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
    return packed ? JSON.parse(await newsloom.library.unpack(packed)) : fetched(`api/part/${encodeURIComponent(name)}`);
  }

  return { manifest, fetched, part };
})();
