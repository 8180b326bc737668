"use strict";
// The page as a whole: selecting, stepping along causes, keys, and the address that restores the view.
(() => {
  const { data, state, canvas, panel, filters, time } = newsloom;
  const said = document.getElementById("said");

  function select(id, origin) {
    if (!data.nodes.has(id)) return false;
    state.change({ selected: { kind: "node", id } });
    canvas.show(id);
    said.textContent = `${data.nodes.get(id).kind}: ${data.nodes.get(id).name}`;
    if (origin !== "address") address(id);
    return true;
  }

  function selectEdge(id) {
    if (!data.edges.has(id)) return false;
    state.change({ selected: { kind: "edge", id } });
    said.textContent = panel.edgeTitle(data.edges.get(id));
    return true;
  }

  function clear(origin) {
    if (!state.selected) filters.search.value = "";
    state.change(state.selected ? { selected: null } : { query: "" });
    said.textContent = "Overview";
    if (origin !== "address") address(null);
  }

  function address(id) {
    const wanted = id ? `#${encodeURIComponent(id)}` : "";
    if (location.hash !== wanted) location.hash = wanted;
  }

  function fromAddress() {
    let id = "";
    try {
      id = decodeURIComponent(location.hash.slice(1));
    } catch {
      return;
    }
    if (id === (state.selected?.kind === "node" ? state.selected.id : "")) return;
    if (id) select(id, "address");
    else if (state.selected?.kind === "node") clear("address");
  }

  // The surest cause or effect of the selected event; from an overview, the first event in time.
  function step(list) {
    const id = state.selected?.kind === "node" ? state.selected.id : null;
    if (!id) return select(data.view.order.find((event) => state.visible.has(event)));
    const found = list(id).find((link) => state.visible.has(link.id));
    if (found) return select(found.id);
    said.textContent = "No further event along the causes.";
    return false;
  }

  const keys = {
    "/": () => filters.search.focus(),
    ArrowLeft: () => step(data.causesOf),
    ArrowRight: () => step(data.effectsOf),
    f: () => canvas.fit(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      document.getElementById("types").open = false;
      time.stop();
      filters.search.blur();
      return clear();
    }
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  Object.assign(newsloom, { select, selectEdge, clear: () => clear() });
  state.follow(panel.render);
  filters.start();
  time.start();
  state.change({});
  canvas.start();
  window.addEventListener("hashchange", fromAddress);
  fromAddress();
  document.documentElement.dataset.ready = "yes";
})();
