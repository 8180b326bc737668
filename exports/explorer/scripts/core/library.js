"use strict";
// The libraries that the page carries packed. newsloom.library(name) promises what one of them gives; it is unpacked and
// run when first asked for. Its script is on the page's list of those that may run, by its digest.
newsloom.library = (() => {
  const shelf = {}; // name -> what the library gives, left here by its script
  const asked = new Map(); // name -> promise

  // Text that stands in the page as base64 of its gzip.
  async function unpack(element) {
    const letters = atob(element.textContent);
    const packed = new Uint8Array(letters.length);
    for (let at = 0; at < letters.length; at += 1) packed[at] = letters.charCodeAt(at);
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).text();
  }

  async function put(tag, element) {
    const made = document.createElement(tag);
    made.textContent = await unpack(element);
    document.head.append(made);
    return made;
  }

  async function load(name) {
    const script = document.getElementById(`library/${name}`);
    if (!script) throw new Error(`This page does not carry the library ${name}.`);
    const style = document.getElementById(`library/${name}.css`);
    if (style) await put("style", style);
    (await put("script", script)).remove();
    if (!(name in shelf)) throw new Error(`The library ${name} did not run.`);
    return shelf[name];
  }

  const library = (name) => asked.get(name) ?? asked.set(name, load(name)).get(name);

  // What the page owes to the makers of its libraries: name, version, licence and notice of each, as elements.
  const notices = () => document.getElementById("licences").content.cloneNode(true);

  return Object.assign(library, { shelf, unpack, notices });
})();
