"use strict";
// Picking many things at once: a free line is drawn around them. newsloom.lasso(element, inside, at) gives the tool of a
// view: {button, toggle, stop}, the button for the view to place. `element` is where the view draws; `inside(polygon)` tells
// the ids within a line of points {x, y} in its pixels; `at(point)` the id at a point, or undefined. The line is drawn while
// the tool is on, with a mouse or a finger, or with Shift held; a click then picks one, or lets it go.
newsloom.lasso = (() => {
  const { state, el, svg, plural } = newsloom;
  const CLICK = 5; // pixels that a click may slip
  const APART = 3; // pixels between two points of the line

  // Whether a point is within a polygon: a ray from it crosses the border an odd number of times.
  function contains(polygon, { x, y }) {
    let within = false;
    polygon.forEach((a, at) => {
      const b = polygon[at ? at - 1 : polygon.length - 1];
      if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) within = !within;
    });
    return within;
  }

  // Picks nodes: these alone, or beside those that are picked.
  function pick(ids, beside) {
    const picked = new Set(beside ? [...state.picked, ...ids] : ids);
    state.change({ picked, selected: null });
    newsloom.say(`${plural(picked.size, "node")} picked`);
  }

  function toggle(id) {
    const picked = new Set(state.picked);
    if (!picked.delete(id)) picked.add(id);
    pick(picked, false);
  }

  function tool(element, inside, at = () => undefined) {
    let sheet = null; // what lies over the view while the tool is on or a line is drawn
    let line = []; // the points so far
    let pointer = null; // the pointer that draws

    const button = el("button", {
      type: "button", class: "lasso", title: "Lasso: draw around nodes to pick them (l, or Shift and drag)",
      "aria-pressed": "false", onclick: () => toggleTool(),
    }, "Lasso");

    const point = (event) => {
      const { left, top } = element.getBoundingClientRect();
      return { x: event.clientX - left, y: event.clientY - top };
    };

    function lay() {
      if (sheet) return;
      sheet = svg("svg", { class: "drawn", "aria-hidden": "true" }, svg("path", {}));
      for (const [name, act] of Object.entries({ pointerdown: start, pointermove: draw, pointerup: end, pointercancel: stop })) {
        sheet.addEventListener(name, act);
      }
      element.append(sheet);
    }

    function start(event) {
      if (pointer !== null || event.button) return;
      event.preventDefault();
      pointer = event.pointerId;
      line = [point(event)];
      sheet.setPointerCapture(pointer);
    }

    function draw(event) {
      if (event.pointerId !== pointer) return;
      const now = point(event);
      const before = line.at(-1);
      if (Math.hypot(now.x - before.x, now.y - before.y) < APART) return;
      line.push(now);
      sheet.firstChild.setAttribute("d", `M${line.map(({ x, y }) => `${x} ${y}`).join("L")}Z`);
    }

    function end(event) {
      if (event.pointerId !== pointer) return;
      const [drawn, first] = [line, line[0]];
      const isClick = drawn.every(({ x, y }) => Math.hypot(x - first.x, y - first.y) < CLICK);
      if (isClick) {
        const id = at(first);
        clear();
        if (id !== undefined) toggle(id);
        return;
      }
      stop();
      pick(inside(drawn), event.shiftKey);
    }

    // Away with the line; the tool stays on where it was chosen.
    function clear() {
      pointer = null;
      line = [];
      if (button.getAttribute("aria-pressed") === "true") return sheet.firstChild.removeAttribute("d");
      sheet?.remove();
      sheet = null;
      return undefined;
    }

    function stop() {
      button.setAttribute("aria-pressed", "false");
      clear();
    }

    function toggleTool() {
      if (button.getAttribute("aria-pressed") === "true") return stop();
      button.setAttribute("aria-pressed", "true");
      newsloom.say("Draw a line around nodes to pick them.");
      return lay();
    }

    // With Shift the line is drawn without the tool; the view itself is not told.
    element.addEventListener("pointerdown", (event) => {
      if (!event.shiftKey || event.button || sheet || event.target.closest("button")) return;
      event.stopImmediatePropagation();
      lay();
      start(event);
    }, { capture: true });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !sheet) return;
      event.stopPropagation();
      stop();
    }, { capture: true });
    return { button, toggle: toggleTool, stop };
  }

  return Object.assign(tool, { contains, toggle });
})();
