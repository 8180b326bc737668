"use strict";
// The actions as buttons: below the name of what is selected or picked, and in the overview what brings things back.
newsloom.toolbar = (() => {
  const { data, state, el, actions, ending } = newsloom;
  const panel = document.getElementById("panel");
  let pressed = null; // the button that was used last: it keeps the focus when the panel is drawn anew

  function button(label, key, title, act, more = {}) {
    return el("button", {
      type: "button", "data-act": label, title: `${title} (${key})`, "aria-keyshortcuts": key, ...more,
      onclick: () => {
        pressed = label;
        act();
        focusAgain();
      },
    }, label);
  }

  function focusAgain() {
    const again = [...panel.querySelectorAll("[data-act]")].find((one) => one.dataset.act === pressed);
    const lost = [document.body, panel.querySelector("h2")].includes(document.activeElement);
    if (again && lost) again.focus({ preventScroll: true });
    pressed = null;
  }

  function forNodes(ids) {
    const pinned = actions.isPinned(ids);
    return [
      button("Expand", "e", "Show everything that this is tied to", () => actions.expand(ids)),
      button("Isolate", "i", "Show only this and what it is tied to", () => actions.isolate(ids)),
      button("Hide", "h", "Hide this", () => actions.hide(ids)),
      button("Pin", "k", "Keep this in sight, whatever the filters say", () => actions.pin(ids), { "aria-pressed": String(pinned) }),
      state.selected?.kind === "node"
        ? button("Path to…", "t", "Find the way to another node", ending.start, { "aria-pressed": String(ending.from() !== null) })
        : null,
    ];
  }

  // What takes an action back, each only where there is something to take back.
  function back() {
    return [
      state.only ? button("Show all", "I", "End the isolation", actions.showAll) : null,
      !state.only && state.added.size ? button("Fold back", "I", "Take back what was expanded", actions.showAll) : null,
      state.hidden.size ? button(`Show hidden (${state.hidden.size})`, "H", "Show what was hidden", actions.showHidden) : null,
    ];
  }

  function pinned() {
    const nodes = [...state.pinned].map((id) => data.nodes.get(id)).filter(Boolean);
    return nodes.length
      ? el("section", { class: "kept" }, el("h3", {}, `Pinned (${nodes.length})`),
          el("ul", { class: "list" }, nodes.map((node) => el("li", {}, newsloom.panel.jump(node),
            el("button", { type: "button", class: "drop", "aria-label": `Unpin ${node.name}`, title: "Unpin", onclick: () => actions.pin([node.id]) }, "×")))))
      : null;
  }

  // Below the panel's heading, whenever the panel was drawn anew.
  function show() {
    for (const old of panel.querySelectorAll(":scope > .tools")) old.remove();
    const heading = panel.querySelector("h2");
    const ids = actions.targets();
    const buttons = [...(ids.length ? forNodes(ids) : []), ...back()].filter(Boolean);
    const about = state.selected || state.picked.size ? null : pinned();
    const tools = [buttons.length ? el("div", { class: "acts", role: "group", "aria-label": "Actions" }, buttons) : null, ending.box(), about];
    if (!heading || !tools.some(Boolean)) return;
    heading.after(el("div", { class: "tools" }, ...tools.filter(Boolean)));
  }

  function start() {
    state.follow(ending.follow);
    state.follow(show);
  }

  return { start, show };
})();
