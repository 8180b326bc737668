"use strict";
// Every key of the page, in one list, from which the help is made as well.
newsloom.keys = (() => {
  const { state, views, filters, menus, time, saving, look, actions, ending } = newsloom;
  const current = (name) => () => views.current()[name]();

  const list = [
    ["/", "search", () => filters.search.focus()],
    ["ArrowLeft", "to the surest cause of what is selected", () => newsloom.stepBack()],
    ["ArrowRight", "to its surest effect", () => newsloom.stepOn()],
    ["f", "show everything", current("fit")],
    ["o", "from a part of a large graph back to the overview", () => newsloom.openOverview()],
    ["z", "undo", state.undo],
    ["y", "redo", state.redo],
    ["p", "play through time", () => document.getElementById("play").click()],
    ["s", "save as a picture", saving.png],
    ["S", "save as a drawing (SVG)", saving.svg],
    ["e", "expand what is selected or picked", actions.keys.expand],
    ["i", "isolate it", actions.keys.isolate],
    ["I", "show all again", actions.showAll],
    ["h", "hide it", actions.keys.hide],
    ["H", "show what was hidden", actions.showHidden],
    ["k", "pin it: keep it in sight", actions.keys.pin],
    ["t", "path to another node", () => ending.start()],
    ["x", "pick it, or let it go", actions.keys.pick],
    ["l", "lasso: draw around nodes to pick them", () => views.current().lasso?.toggle()],
    ["d", "dark or light", () => state.change({ theme: look.isDark() ? "light" : "dark" })],
    ["?", "this list", () => menus.open()],
  ];

  function escape() {
    const open = document.querySelector("details.menu[open]");
    if (open) {
      menus.close();
      return open.querySelector("summary").focus();
    }
    time.stop();
    filters.search.blur();
    return newsloom.clear();
  }

  function act(event) {
    const { key } = event;
    if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "z") return event.shiftKey ? state.redo : state.undo;
    if (event.ctrlKey || event.metaKey || event.altKey) return null;
    const view = views.all().find((one) => one.key === key);
    if (view) return () => newsloom.open(view.name);
    return views.current().keys[key] ?? list.find(([name]) => name === key)?.[2];
  }

  // The buttons of the header that do what a key does.
  function buttons() {
    const acts = { undo: state.undo, redo: state.redo, fit: current("fit") };
    for (const [id, wanted] of Object.entries(acts)) document.getElementById(id).addEventListener("click", wanted);
    state.follow(() => {
      document.getElementById("undo").disabled = !state.canUndo();
      document.getElementById("redo").disabled = !state.canRedo();
    });
  }

  function start() {
    buttons();
    document.addEventListener("keydown", (event) => {
      if (document.querySelector("dialog[open]")) return undefined;
      if (event.key === "Escape") return escape();
      const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox";
      const wanted = typing ? null : act(event);
      if (!wanted) return undefined;
      event.preventDefault();
      return wanted(event.target);
    });
  }

  return { start, list };
})();
