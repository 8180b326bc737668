"use strict";
// A served page holds one part of the graph at a time. What else there is, is searched on the server, and opened from it.
newsloom.server = (() => {
  const { source, data, state, el, plural, panel } = newsloom;
  const WAIT = 250; // milliseconds without a key before the server is asked
  const MOST = 20; // results of a search
  const answers = new Map(); // words -> promise of what the server finds, null if it was not asked in the end
  const AROUND = "around/"; // parts that the server makes of what lies around a node

  const part = (id) => AROUND + id;
  const pause = () => new Promise((resolve) => {
    setTimeout(resolve, WAIT);
  });

  async function open(id, name = part(id)) {
    newsloom.say("Fetching from the server.");
    if (name !== state.part && !(await newsloom.openPart(name))) return;
    if (!newsloom.select(id) && name !== part(id)) await open(id);
  }

  // A node that the page does not hold; of an event the server knows the part that does.
  const jump = (node, name, note) =>
    el("button", { type: "button", class: "jump", onclick: () => open(node.id, node.part ?? part(node.id)) },
      el("span", { class: `dot ${note}`, "aria-hidden": "true" }), el("bdi", {}, name), " ", el("small", {}, note));

  // The server is asked when nothing was typed for a while, once for the same words.
  async function ask(words) {
    await pause();
    if (state.query.trim() === words) return source.search(words, MOST);
    answers.delete(words);
    return null;
  }

  // What the server finds for some words and the page does not hold.
  async function search(words) {
    if (!answers.has(words)) answers.set(words, ask(words));
    const answer = await answers.get(words);
    if (!answer) return null;
    const { nodes, sentences } = answer;
    const fresh = (id) => !data.nodes.has(id);
    return {
      nodes: nodes.filter(({ id }) => fresh(id)),
      sentences: sentences.map((found) => ({ ...found, node: found.nodes.find((node) => node.part) ?? found.nodes[0] }))
        .filter(({ node }) => node && fresh(node.id)),
    };
  }

  function listed({ nodes, sentences }) {
    if (!nodes.length && !sentences.length) return [el("p", { class: "note" }, "Nothing more in the rest of the graph.")];
    return [
      panel.list("In names", nodes.map((node) => jump(node, node.name, node.kind))),
      panel.list("In evidence", sentences.map(({ node, sentence, title }) =>
        [jump(node, title ?? node.id, node.id.split("/")[0]), el("p", { class: "snippet" }, el("bdi", {}, sentence))])),
    ].filter(Boolean);
  }

  // A section that fills itself when the server has answered.
  function elsewhere(words) {
    const section = el("section", { id: "elsewhere", "aria-busy": "true" }, el("h3", {}, "In the rest of the graph"));
    search(words).then((found) => found && section.append(...listed(found)))
      .catch((error) => {
        answers.delete(words);
        section.append(el("p", { class: "note loud" }, `The server does not answer (${error.message}).`));
      })
      .finally(() => section.removeAttribute("aria-busy"));
    return section;
  }

  // How many others a node is tied to in the whole graph and not in this part, and the way to them.
  function beyond(id) {
    if (state.part === part(id)) return null;
    const held = new Set(data.at(id).map((relation) => data.other(relation, id)));
    held.delete(id);
    const missing = (data.nodes.get(id).degree ?? 0) - held.size;
    if (missing <= 0) return null;
    const way = el("button", { type: "button", class: "more", onclick: () => open(id) }, "Open what lies around it");
    return el("section", { id: "beyond" }, el("h3", {}, "In the rest of the graph"),
      el("p", { class: "note" }, `Tied to ${plural(missing, "other")} that this part does not hold.`), way);
  }

  function more() {
    if (state.selected) return state.selected.kind === "node" ? beyond(state.selected.id) : null;
    const words = state.query.trim();
    return words ? elsewhere(words) : null;
  }

  if (source.manifest.served) panel.more.push(more);
  return { open };
})();
