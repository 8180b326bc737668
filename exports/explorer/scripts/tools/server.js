"use strict";
// A served page shows one part of the graph at a time: what else a node is tied to is opened from the server.
newsloom.server = (() => {
  const { source, data, state, el, plural, panel } = newsloom;
  const part = (id) => `around/${id}`; // the server makes it

  async function open(id) {
    newsloom.say("Fetching from the server.");
    if (await newsloom.openPart(part(id))) newsloom.select(id);
  }

  // How many others the selected node is tied to in the whole graph and not in this part, and the way to them.
  function beyond() {
    const { kind, id } = state.selected ?? {};
    if (kind !== "node" || state.part === part(id)) return null;
    const held = new Set(data.at(id).map((relation) => data.other(relation, id)));
    held.delete(id);
    const missing = (data.nodes.get(id).degree ?? 0) - held.size;
    if (missing <= 0) return null;
    const way = el("button", { type: "button", class: "more", onclick: () => open(id) }, "Open what lies around it");
    return el("section", { id: "beyond" }, el("h3", {}, "In the rest of the graph"),
      el("p", { class: "note" }, `Tied to ${plural(missing, "other")} that this part does not hold.`), way);
  }

  if (source.manifest.served) panel.more.push(beyond);
  return { open };
})();
