"use strict";
// Steps along causes and effects with the arrow keys, and keeps the drawing and the list together.
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const number = (element) => /^(?:hop|arrow)-(\d+)$/.exec(element?.id ?? "")?.[1];

  // Marks a hop in the drawing and in the list: its arrow, its two events, its item.
  function mark(hop) {
    for (const element of all(".on")) element.classList.remove("on");
    const arrow = byId(`arrow-${hop}`);
    if (!arrow) return;
    for (const element of [arrow, byId(`hop-${hop}`), byId(arrow.dataset.cause), byId(arrow.dataset.effect)]) {
      element?.classList.add("on");
    }
  }

  function show(element) {
    element?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  // The address names a hop: mark it, and put the focus where it leads.
  function follow() {
    const element = byId(decodeURIComponent(location.hash.slice(1)));
    if (!element) return;
    const hop = number(element);
    if (hop) {
      mark(hop);
      show(byId(`arrow-${hop}`));
    }
    element.focus({ preventScroll: Boolean(hop && element.closest("svg")) });
  }

  // The events one step from an event, over the surest arrow first.
  function steps(box, from, to) {
    const thick = (arrow) => Number(arrow.querySelector(".line").getAttribute("stroke-width"));
    return all(`.arrow[data-${from}="${box.id}"]`)
      .sort((a, b) => thick(b) - thick(a))
      .map((arrow) => ({ arrow, box: byId(arrow.dataset[to]) }));
  }

  function beside(box, way) {
    const { x, y } = box.getBoundingClientRect();
    const column = all(".box", box.ownerSVGElement).map((other) => ({ other, at: other.getBoundingClientRect() }));
    const near = column.filter(({ at }) => Math.abs(at.x - x) < 2 && (at.y - y) * way > 1);
    return near.sort((a, b) => (a.at.y - b.at.y) * way)[0]?.other;
  }

  function step(event) {
    const ends = { ArrowLeft: ["effect", "cause"], ArrowRight: ["cause", "effect"] }[event.key];
    const here = event.target.closest?.(".box, .arrow");
    if (!here || event.altKey || event.ctrlKey || event.metaKey) return;
    let next;
    let hop;
    if (here.matches(".arrow")) {
      next = ends && byId(here.dataset[ends[1]]);
      hop = number(here);
    } else if (ends) {
      const first = steps(here, ...ends)[0];
      next = first?.box;
      hop = number(first?.arrow);
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      next = beside(here, event.key === "ArrowUp" ? -1 : 1);
    }
    if (ends || next) event.preventDefault();
    if (!next) return;
    next.focus({ preventScroll: true });
    show(next);
    if (hop) mark(hop);
  }

  document.addEventListener("keydown", step);
  document.addEventListener("focusin", (event) => {
    const hop = number(event.target.closest?.(".arrow"));
    if (hop) mark(hop);
  });
  // A second click on the same link does not change the address.
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("a[href^='#']")) setTimeout(follow);
  });
  window.addEventListener("hashchange", follow);

  for (const keys of all(".keys")) keys.hidden = false;
  for (const sheet of all(".sheet")) {
    const asked = sheet.querySelector(".asked").getBoundingClientRect();
    const frame = sheet.getBoundingClientRect();
    sheet.scrollLeft += asked.x + asked.width / 2 - frame.x - frame.width / 2;
    sheet.scrollTop += asked.y + asked.height / 2 - frame.y - frame.height / 2;
  }
  follow();
  document.documentElement.dataset.ready = "true";
})();
