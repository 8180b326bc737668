"use strict";
// The page as a whole: selecting, stepping along causes, keys, and the address that restores the view.
(() => {
  const { data, state, views, canvas, map, panel, filters, time } = newsloom;
  const FIRST = "graph"; // the view that opens by itself
  const said = document.getElementById("said");

  function select(id, origin) {
    if (!data.nodes.has(id)) return false;
    state.change({ selected: { kind: "node", id } });
    views.current().show(id);
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

  // The address holds the view, if it is not the first, and what is selected: #id, #map/ or #map/id.
  function address(id) {
    const view = views.current().name;
    const wanted = `${view === FIRST ? "" : `${view}/`}${encodeURIComponent(id ?? "")}`;
    if (location.hash.slice(1) !== wanted) location.hash = wanted;
  }

  const selectedNode = () => (state.selected?.kind === "node" ? state.selected.id : null);

  function fromAddress() {
    const wanted = location.hash.slice(1);
    const [before] = wanted.split("/", 1);
    const [name, encoded] = views.has(before) ? [before, wanted.slice(before.length + 1)] : [FIRST, wanted];
    let id = "";
    try {
      id = decodeURIComponent(encoded);
    } catch {
      return;
    }
    if (views.current().name !== name) views.open(name);
    if (id === (selectedNode() ?? "")) return;
    if (id) select(id, "address");
    else if (selectedNode()) clear("address");
  }

  function open(name) {
    views.open(name);
    address(selectedNode());
  }

  // The surest cause or effect of the selected event; from an overview, the first event in time.
  function step(list) {
    const id = selectedNode();
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
    f: () => views.current().fit(),
    g: () => open("graph"),
    m: () => open("map"),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      document.getElementById("types").open = false;
      time.stop();
      filters.search.blur();
      return clear();
    }
    const act = keys[event.key] ?? views.current().keys?.[event.key];
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || !act) return;
    event.preventDefault();
    act();
  });

  Object.assign(newsloom, { select, selectEdge, clear: () => clear() });
  state.follow(panel.render);
  filters.start();
  time.start();
  views.add("graph", canvas, open);
  views.add("map", map, open);
  state.change({});
  views.open(FIRST);
  window.addEventListener("hashchange", fromAddress);
  fromAddress();
  document.documentElement.dataset.ready = "yes";
})();
