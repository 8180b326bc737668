"use strict";
// The views of a part, which share one room: which of them is shown, and the words beside the pointer.
// A view is {label, key, element, load, open, close, refresh, fit, show(id), svg, png, keys, help}; what it lacks does nothing.
// `keys` are its own: functions by the name of the key; `help` tells of them: [[key, words]].
newsloom.views = (() => {
  const { el, state } = newsloom;
  const tip = document.getElementById("tip");
  const stage = document.getElementById("stage");
  const tabs = document.getElementById("views");
  const views = new Map();
  const nothing = { load() {}, open() {}, close() {}, refresh() {}, fit() {}, show() {}, keys: {}, help: [] };
  let current = null;

  function add(name, given) {
    const view = { ...nothing, ...given, name };
    view.button = el("button", { type: "button", title: `${view.label} (${view.key})`, onclick: () => newsloom.open(name) }, view.label);
    tabs.append(view.button);
    view.element.inert = true;
    if (view.element.parentNode !== stage) stage.append(view.element);
    views.set(name, view);
  }

  // Shows the view that the state names.
  async function open() {
    const wanted = views.get(state.view) ?? views.values().next().value;
    if (wanted === current) return;
    current?.close();
    current = wanted;
    document.body.dataset.view = current.name;
    for (const view of views.values()) {
      view.element.inert = view !== current;
      view.button.setAttribute("aria-pressed", String(view === current));
    }
    unhover();
    await current.open();
    current.refresh();
  }

  function load() {
    current = null;
    for (const view of views.values()) view.load();
  }

  function hover(text, { x, y }) {
    const { clientWidth, clientHeight } = current.element;
    tip.textContent = text;
    tip.hidden = false;
    tip.style.left = `${Math.max(4, Math.min(x + 14, clientWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${Math.max(4, Math.min(y + 16, clientHeight - tip.offsetHeight - 8))}px`;
  }

  function unhover() {
    tip.hidden = true;
  }

  return {
    add, open, load, hover, unhover,
    has: (name) => views.has(name),
    current: () => current,
    all: () => [...views.values()],
    refresh: () => current?.refresh(),
  };
})();
