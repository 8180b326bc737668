"use strict";
// The views of the graph, which share one room: which of them is shown, and the words beside the pointer.
// A view is {label, key, element, open, fit, picture, show(id)} and, if it likes, {keys}.
newsloom.views = (() => {
  const { el } = newsloom;
  const tip = document.getElementById("tip");
  const views = new Map();
  let current = null;

  function add(name, view, opened) {
    const button = el("button", { type: "button", title: `${view.label} (${view.key})`, onclick: () => opened(name) }, view.label);
    document.getElementById("views").append(button);
    views.set(name, { ...view, name, button });
  }

  function open(name) {
    current = views.get(name);
    for (const view of views.values()) {
      view.element.inert = view !== current;
      view.button.setAttribute("aria-pressed", String(view === current));
    }
    unhover();
    current.open();
  }

  function hover(text, { x, y }) {
    const { clientWidth, clientHeight } = current.element;
    tip.textContent = text;
    tip.hidden = false;
    tip.style.left = `${Math.min(x + 14, clientWidth - tip.offsetWidth - 8)}px`;
    tip.style.top = `${Math.min(y + 16, clientHeight - tip.offsetHeight - 8)}px`;
  }

  function unhover() {
    tip.hidden = true;
  }

  // Gives a drawn picture to the reader as a file.
  function save(canvas) {
    canvas.toBlob((blob) => {
      const link = el("a", { href: URL.createObjectURL(blob), download: "newsloom.png" });
      link.click();
      URL.revokeObjectURL(link.href);
    });
  }

  return { add, open, hover, unhover, save, has: (name) => views.has(name), current: () => current };
})();
