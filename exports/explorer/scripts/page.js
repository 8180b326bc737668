"use strict";
// The page as a whole: opening it, selecting, stepping along causes, and what a change of the state brings about.
(() => {
  const { data, source, chosen, state, views, look, panel, filters, legend, menus, time } = newsloom;
  const said = document.getElementById("said");
  const say = (words) => {
    said.textContent = words;
  };

  function select(id) {
    if (!data.nodes.has(id)) return false;
    if (newsloom.ending.take(id)) return true;
    state.change({ selected: { kind: "node", id } });
    views.current().show(id);
    say(`${data.nodes.get(id).kind}: ${data.nodes.get(id).name}`);
    return true;
  }

  function selectEdge(id) {
    if (!data.edges.has(id)) return false;
    state.change({ selected: { kind: "edge", id } });
    say(panel.edgeTitle(data.edges.get(id)));
    return true;
  }

  function selectTwo(kind, id, other) {
    if (!data.nodes.has(id) || !data.nodes.has(other)) return false;
    state.change({ selected: { kind, id, other } });
    say(`${kind}: ${data.nodes.get(id).name} and ${data.nodes.get(other).name}`);
    return true;
  }

  // The way between two nodes, all of it in sight where the view can do that.
  function selectPath(id, other) {
    const known = selectTwo("path", id, other);
    const way = known && newsloom.paths.between(id, other);
    if (way) views.current().showAll?.(way.nodes);
    return known;
  }

  // Back to the overview: first the selection goes, then the lasso's catch, then the search.
  function clear() {
    if (state.selected) state.change({ selected: null });
    else if (state.picked.size) state.change({ picked: new Set() });
    else {
      filters.search.value = "";
      state.change({ query: "" });
    }
    say("Overview");
  }

  async function open(name) {
    state.change({ view: name });
    await views.open();
  }

  // The surest cause or effect of the selected event; from an overview, the first event in time.
  function step(list) {
    const id = state.selected?.kind === "node" ? state.selected.id : null;
    if (!id) return select(data.events.find((event) => state.visible.has(event.id))?.id);
    const found = list(id).find((link) => state.visible.has(link.id));
    if (found) return select(found.id);
    say("No further event along the causes.");
    return false;
  }

  // Load a part; whether that is there. If not, what is open stays.
  async function load(name) {
    let part;
    try {
      part = await source.part(name);
    } catch (error) {
      say(`This part cannot be opened: ${error.message}`);
      return false;
    }
    data.load(part);
    state.part = name;
    state.load();
    views.load();
    filters.load();
    legend.load();
    time.load();
    return true;
  }

  // The whole state, as an address or an older step has it: `as` a step of its own where there is none before.
  async function restore(wanted, as = { step: false }) {
    let part = source.has(wanted.part) ? wanted.part : source.manifest.first;
    if ((part !== state.part || !data.view) && !(await load(part))) {
      part = data.view ? state.part : source.manifest.first;
      if (!data.view) await load(part);
    }
    state.change({ ...wanted, part }, as);
    await views.open();
    if (state.selected?.kind === "node") views.current().show(state.selected.id);
  }

  // Another part, with nothing chosen in it but the view and the theme, and one node in sight; whether it was there.
  async function openPart(name, inSight = null) {
    if (!(await load(name))) return false;
    state.change({ ...chosen.first(), view: state.view, theme: state.theme, part: name });
    await views.open();
    if (data.nodes.has(inSight)) views.current().show(inSight);
    return true;
  }

  // From another part back to the one that opened first.
  async function openOverview() {
    if (state.part !== source.manifest.first && (await openPart(source.manifest.first))) say("Overview");
  }

  Object.assign(newsloom, {
    select, selectEdge, clear, open, openPart, openOverview, restore, say,
    selectPair: (id, other) => selectTwo("pair", id, other),
    selectPath,
    stepBack: () => step(data.causesOf),
    stepOn: () => step(data.effectsOf),
  });

  async function start() {
    filters.start();
    legend.start();
    menus.start();
    time.start();
    newsloom.keys.start();
    state.follow(() => look.choose(state.theme));
    state.follow(panel.render);
    newsloom.toolbar.start();
    state.follow(views.refresh);
    look.follow(views.refresh);
    await restore(chosen.read(location.hash.slice(1)), { step: true });
    window.addEventListener("hashchange", state.fromAddress);
    document.documentElement.dataset.ready = "yes";
  }

  start();
})();
