"use strict";
// "Path to ...": from the node that is selected, the other end is chosen by a click in any view or by its name.
newsloom.ending = (() => {
  const { data, state, el } = newsloom;
  const MOST = 8; // names to choose from
  let from = null; // the id that waits for its other end

  function start() {
    const { selected } = state;
    if (selected?.kind !== "node") return newsloom.say("Select a node first.");
    from = selected.id;
    newsloom.say("Click the other end of the path, or type its name.");
    return redraw();
  }

  function stop() {
    from = null;
    redraw();
  }

  function redraw() {
    document.body.classList.toggle("choosing", from !== null);
    newsloom.toolbar.show();
    if (from) document.getElementById("other-end")?.focus();
  }

  // Takes a node that is being selected as the other end; false where none is waited for.
  function take(id) {
    if (from === null || id === from || !data.nodes.has(id)) return false;
    const begun = from;
    stop();
    return newsloom.selectPath(begun, id);
  }

  // Something else was selected: the wait is over.
  function follow() {
    if (from !== null && (state.selected?.kind !== "node" || state.selected.id !== from)) {
      from = null;
      document.body.classList.remove("choosing");
    }
  }

  // Nodes whose name or alias has the words; those that begin with them first, then those with the most ties.
  function found(words) {
    const wanted = words.trim().toLocaleLowerCase();
    if (!wanted) return [];
    const begins = (node) => node.name.toLocaleLowerCase().startsWith(wanted);
    return [...data.nodes.values()]
      .filter((node) => node.id !== from && node.kind !== "article" && [node.name, ...node.aliases].some((name) => name.toLocaleLowerCase().includes(wanted)))
      .sort((a, b) => begins(b) - begins(a) || data.at(b.id).length - data.at(a.id).length)
      .slice(0, MOST);
  }

  function box() {
    if (from === null) return null;
    let [hits, at] = [[], 0];
    const list = el("ul", { id: "other-ends", role: "listbox", "aria-label": "Nodes", hidden: true });
    const input = el("input", {
      id: "other-end", type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", placeholder: "click it, or type its name",
      "aria-label": "The other end of the path", "aria-expanded": "false", "aria-controls": "other-ends", "aria-autocomplete": "list",
    });

    function show() {
      list.hidden = !hits.length;
      input.setAttribute("aria-expanded", String(Boolean(hits.length)));
      list.replaceChildren(...hits.map((node, number) => el("li", {
        id: `other-end-${number}`, role: "option", "aria-selected": String(number === at), onmousedown: (event) => event.preventDefault(),
        onclick: () => take(node.id),
      }, el("bdi", {}, node.name), " ", el("small", {}, node.brief && node.kind === "event" ? node.brief : node.kind))));
      if (hits.length) input.setAttribute("aria-activedescendant", `other-end-${at}`);
      else input.removeAttribute("aria-activedescendant");
    }

    const steps = { ArrowDown: 1, ArrowUp: -1 };
    input.addEventListener("input", () => {
      [hits, at] = [found(input.value), 0];
      show();
    });
    input.addEventListener("keydown", (event) => {
      const step = steps[event.key];
      if (step && hits.length) at = (at + step + hits.length) % hits.length;
      else if (event.key === "Enter" && hits.length) return take(hits[at].id);
      else if (event.key === "Escape") stop();
      else return undefined;
      event.preventDefault();
      event.stopPropagation();
      return step ? show() : undefined;
    });
    return el("div", { class: "ending" }, input, list);
  }

  return { start, stop, take, follow, box, from: () => from };
})();
