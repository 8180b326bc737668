"use strict";
// The panel at the side: everything in order, what was found, or what is selected in detail.
newsloom.panel = (() => {
  const { state, el, pieces, overview, results, nodeDetails, lineDetails } = newsloom;
  const panel = document.getElementById("panel");
  const kindNames = { event: "Events", actor: "Actors", place: "Places", article: "Articles" };

  // What to tell of each kind of thing that can be selected; other modules add to it.
  const bodies = { node: nodeDetails.body, edge: lineDetails.body };

  // What other modules tell beneath that: functions that return an element, or null.
  const more = [];

  function content() {
    if (state.selected) return bodies[state.selected.kind]?.(state.selected) ?? [];
    if (state.picked.size && bodies.picked) return bodies.picked();
    return state.matches ? results.body() : overview.body();
  }

  // Where the reader was in the panel: its heading takes the focus when that is gone.
  function keepFocus(change) {
    const focused = document.activeElement;
    const within = panel !== focused && panel.contains(focused);
    change();
    if (!within || focused.isConnected) return;
    const heading = panel.querySelector("h2");
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }

  let told = ""; // what the panel is about

  function render() {
    const back = state.selected || state.picked.size
      ? el("button", { type: "button", class: "close", "aria-label": "Back to the overview", onclick: () => newsloom.clear() }, "×")
      : null;
    const parts = [back, ...content(), ...more.map((tell) => tell())].filter(Boolean);
    keepFocus(() => panel.replaceChildren(...parts));
    const about = JSON.stringify([state.selected, state.query, state.picked.size, state.part]);
    if (about !== told) panel.scrollTop = 0;
    told = about;
    if (!state.selected && state.matches) results.shown();
  }

  const { jump, list, section, factualities } = pieces;
  return { render, bodies, more, jump, list, section, kindNames, factualities, edgeTitle: lineDetails.title };
})();
