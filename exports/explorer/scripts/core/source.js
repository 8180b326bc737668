"use strict";
// Where the page's data comes from: parts packed in the file itself, or a server of newsloom.
newsloom.source = (() => {
  const manifest = JSON.parse(document.getElementById("manifest").textContent);

  // The text of an element that holds gzip as base64.
  async function unpack(element) {
    const bytes = Uint8Array.from(atob(element.textContent.trim()), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).text();
  }

  async function fetched(path) {
    const answer = await fetch(path);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${answer.statusText}`);
    return answer.json();
  }

  async function part(name) {
    const packed = document.getElementById(`part/${name}`);
    return packed ? JSON.parse(await unpack(packed)) : fetched(`api/part/${encodeURIComponent(name)}`);
  }

  return { manifest, unpack, fetched, part };
})();
