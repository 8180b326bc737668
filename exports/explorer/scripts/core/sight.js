"use strict";
// What is seen of a drawing that is larger than its frame: moved and zoomed by mouse, wheel, fingers and keys.
//
// `newsloom.sight({frame, picture, limits, moved, anchor, choose})` gives a sight of the drawing in the SVG `picture`
// that fills `frame`. `limits()` are the drawing's `left`, `top`, `right` and `bottom` in its own units, and the
// `closest` scale (pixels a unit). `moved(changed)` is called when another part is seen, `changed` where the scale is
// another; `anchor()` is what keys zoom into, on the screen, or null; `choose(target)` what a click chooses.
newsloom.sight = ({ frame, picture, limits, moved, anchor = () => null, choose }) => {
  const STEP = 80; // pixels that a key moves
  const ZOOM = 1.6;
  const DRAG = 4; // pixels that a click may slip
  const middle = { x: 0, y: 0, scale: 0 };

  const size = () => [frame.clientWidth, frame.clientHeight];
  const origin = () => size().map((length, axis) => length / 2 - [middle.x, middle.y][axis] * middle.scale);
  const onScreen = ({ px, py }) => origin().map((start, axis) => start + [px, py][axis]); // from pixels of the drawing
  const holds = (spot, edge = 20) => onScreen(spot).every((at, axis) => at > edge && at < size()[axis] - edge);

  // Looks at a point; what is seen never leaves the limits, nor is it smaller than half the frame.
  function aim(x, y, scale = middle.scale) {
    const [width, height] = size();
    if (!width || !height) return;
    const { left, right, top, bottom, closest } = limits();
    const farthest = Math.min(width / (right - left), height / (bottom - top));
    const held = Math.min(closest, Math.max(scale, farthest));
    const within = (at, low, high, seen) => (2 * seen >= high - low ? (low + high) / 2 : Math.min(high - seen, Math.max(low + seen, at)));
    const changed = held !== middle.scale;
    middle.scale = held;
    middle.x = within(x, left, right, width / 2 / held);
    middle.y = within(y, top, bottom, height / 2 / held);
    moved(changed);
  }

  const pan = (dx, dy) => aim(middle.x - dx / middle.scale, middle.y - dy / middle.scale);

  // Moves no further than is needed to have something in sight, clear of the edges and of what covers the picture below.
  function reveal(spot, edge = 30, below = 0) {
    const [x, y] = onScreen(spot);
    const [width, height] = size();
    const lack = (at, low, high) => (at < low ? low - at : at > high ? high - at : 0);
    const way = [lack(x, edge, width - edge), lack(y, edge, height - edge - below)];
    if (way.some(Boolean)) pan(...way);
  }

  // Zooms, keeping what is at a point of the screen where it is.
  function zoom(factor, point = anchor() ?? size().map((length) => length / 2)) {
    const [x, y] = origin().map((start, axis) => (point[axis] - start) / middle.scale);
    aim(middle.x, middle.y, middle.scale * factor);
    const [dx, dy] = origin().map((start, axis) => point[axis] - start - [x, y][axis] * middle.scale);
    pan(dx, dy);
  }

  const at = ({ clientX, clientY }) => {
    const { left, top } = frame.getBoundingClientRect();
    return [clientX - left, clientY - top];
  };

  function pointing() {
    const held = new Map(); // pointers that are down -> where they are
    let way = 0;
    const span = () => (held.size === 2 ? Math.hypot(...[0, 1].map((axis) => [...held.values()].reduce((a, b) => a[axis] - b[axis]))) : 0);
    picture.addEventListener("pointerdown", (event) => {
      if (!held.size) way = 0;
      held.set(event.pointerId, at(event));
    });
    picture.addEventListener("pointermove", (event) => {
      const last = held.get(event.pointerId);
      if (!last) return;
      const [now, before] = [at(event), span()];
      held.set(event.pointerId, now);
      way += Math.hypot(now[0] - last[0], now[1] - last[1]);
      if (way < DRAG) return;
      picture.setPointerCapture(event.pointerId);
      newsloom.views.unhover();
      if (before) zoom(span() / before, now);
      else pan(now[0] - last[0], now[1] - last[1]);
    });
    for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, (event) => held.delete(event.pointerId));
    picture.addEventListener("click", (event) => way < DRAG && choose(event.target, event));
    picture.addEventListener("wheel", (event) => {
      event.preventDefault();
      newsloom.views.unhover();
      zoom(2 ** (-event.deltaY / (event.deltaMode ? 10 : 300)), at(event));
    }, { passive: false });
  }

  // Buttons to zoom, for those who have only a pointer.
  function buttons() {
    const sign = (text, name, act) => newsloom.el("button", { type: "button", "aria-label": name, title: name, onclick: act }, text);
    return newsloom.el("div", { class: "zoom" }, sign("+", "Zoom in", keys["+"]), sign("−", "Zoom out", keys["-"]));
  }

  // What is seen of it, as a file of its own.
  const svg = (label = picture.getAttribute("aria-label")) => newsloom.picture.alone(picture, size(), label);

  const keys = { "+": () => zoom(ZOOM), "=": () => zoom(ZOOM), "-": () => zoom(1 / ZOOM) };
  const steps = {
    ArrowLeft: () => pan(STEP, 0),
    ArrowRight: () => pan(-STEP, 0),
    ArrowUp: () => pan(0, STEP),
    ArrowDown: () => pan(0, -STEP),
  };

  const help = [["+", "closer"], ["-", "farther"]]; // what the keys do

  pointing();
  new ResizeObserver(() => middle.scale && aim(middle.x, middle.y)).observe(frame);
  return { middle, size, origin, onScreen, holds, aim, pan, reveal, zoom, at, keys, steps, help, buttons, svg };
};
