"use strict";
// The map: the outlines of the world, and a circle for each place at which something happened.
(() => {
  const { data, state, el, svg, plural, views, world, circles } = newsloom;
  const element = el("section", { id: "map", "aria-label": "Map" });
  const CLOSEST = 200; // pixels a degree
  const OPENING = 60; // the closest that the first view comes
  const MARGIN = 110; // pixels around the places in the first view

  // Miller's projection: x and y in degrees of the equator, y downwards.
  const down = (lat) => (-225 / Math.PI) * Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 450));
  const project = ({ lat, lon }) => ({ x: lon, y: down(lat) });
  const [WIDE, HIGH] = [180, down(-90)];

  const land = svg("path", { class: "land" });
  const borders = svg("path", { class: "borders" });
  const ground = svg("g", {}, land, borders);
  const threads = svg("path", { class: "threads" });
  const spotted = svg("g");
  const named = svg("g", { "aria-hidden": "true" });
  const marks = svg("g", {}, threads, spotted, named);
  const picture = svg("svg", { role: "group", tabindex: 0, "aria-label": "World map, a button for each place of events" }, ground, marks);
  const note = el("p", { class: "count" });

  const limits = () => ({ left: -WIDE, right: WIDE, top: -HIGH, bottom: HIGH, closest: CLOSEST });
  let sight = null; // what is seen of it
  let spots = null; // found when the map is opened for the first time
  let shown = []; // those that the filters leave, the largest first

  // The way of each line, from steps of whole units to the projection.
  function outlines(packed, end) {
    const ways = packed.split(";").map((line) => {
      let [x, y] = [0, 0];
      const points = line.split(" ").map((step) => {
        const [dx, dy] = step.split(",").map(Number);
        [x, y] = [x + dx, y + dy];
        return `${(x * world.step).toFixed(2)} ${down(y * world.step).toFixed(2)}`;
      });
      return `M${points.join("L")}${end}`;
    });
    return ways.join("");
  }

  function refresh() {
    if (!spots) return;
    spots.forEach(circles.update);
    shown = spots.filter(({ events }) => events.length);
    shown.sort((a, b) => b.events.length - a.events.length || (a.node.id < b.node.id ? -1 : 1));
    keepFocus(() => spotted.replaceChildren(...shown.map(({ circle }) => circle)));
    tell();
    arrange();
  }

  function keepFocus(change) {
    const focused = document.activeElement;
    change();
    if (focused?.isConnected && spotted.contains(focused)) focused.focus({ preventScroll: true });
  }

  function tell() {
    const placed = new Set(shown.flatMap(({ events }) => events)).size;
    const others = data.events.filter(({ id }) => state.visible.has(id)).length - placed;
    note.textContent = spots.length
      ? `${plural(placed, "event")} at ${plural(shown.length, "place")}${others ? `; ${plural(others, "event")} without a place on the map` : ""}`
      : "No event here has a place whose coordinates are known.";
  }

  // Circles, their names, and a thread to the place of each that had to make room.
  function arrange() {
    const { scale } = sight.middle;
    if (!scale) return;
    circles.spread(shown, scale);
    const ways = shown.flatMap(({ circle, x, y, px, py, radius }) => {
      circle.setAttribute("transform", `translate(${px.toFixed(1)} ${py.toFixed(1)})`);
      return Math.hypot(px - x * scale, py - y * scale) > radius / 2 ? [`M${x * scale} ${y * scale}L${px} ${py}`] : [];
    });
    threads.setAttribute("d", ways.join(""));
    named.replaceChildren(...circles.names(shown));
  }

  function moved(changed) {
    const at = `translate(${sight.origin().map((start) => start.toFixed(1)).join(" ")})`;
    marks.setAttribute("transform", at);
    ground.setAttribute("transform", `${at} scale(${sight.middle.scale})`);
    if (changed) arrange();
  }

  // What one looks at: the selected place if it is in sight.
  function anchor() {
    const spot = shown.find(({ look }) => look === "self");
    return spot && sight.holds(spot) ? sight.onScreen(spot) : null;
  }

  function fit() {
    const ends = (values, half) => (values.length ? [Math.min(...values), Math.max(...values)] : [-half, half]);
    const [left, right] = ends(shown.map(({ x }) => x), WIDE);
    const [top, bottom] = ends(shown.map(({ y }) => y), HIGH);
    const [width, height] = sight.size().map((length) => Math.max(length - 2 * MARGIN, length / 2));
    sight.aim((left + right) / 2, (top + bottom) / 2, Math.min(OPENING, width / (right - left), height / (bottom - top)));
  }

  // Brings the place of a node into sight.
  function show(id) {
    const spot = shown.find(({ node, events }) => node.id === id || events.includes(id));
    if (spot && !sight.holds(spot)) sight.aim(spot.x, spot.y);
  }

  const spotOf = (target) => shown.find(({ circle }) => circle.contains(target));

  function choose(target) {
    const spot = spotOf(target);
    if (spot) newsloom.select(spot.node.id);
    else newsloom.clear();
  }

  // The words beside a circle.
  function describe(spot) {
    const lines = spot.events.slice(0, 4).map((id) => `${data.nodes.get(id).brief}: ${data.nodes.get(id).name}`);
    const rest = spot.events.length - lines.length;
    const [x, y] = sight.onScreen(spot);
    views.hover([circles.title(spot), ...lines, ...(rest ? [`and ${rest} more`] : [])].join("\n"), { x, y });
  }

  function hovering() {
    const describeAt = ({ target }) => (spotOf(target) ? describe(spotOf(target)) : views.unhover());
    picture.addEventListener("pointerover", describeAt);
    picture.addEventListener("pointerleave", views.unhover);
    picture.addEventListener("focusout", views.unhover);
    picture.addEventListener("focusin", (event) => {
      if (!event.target.matches(":focus-visible")) return;
      if (spotOf(event.target)) show(event.target.dataset.id);
      describeAt(event);
    });
  }

  const inside = () => ({ ...sight.steps, Enter: choose, " ": choose }); // while the map or a circle has the focus

  function typing() {
    picture.addEventListener("keydown", (event) => {
      const act = inside()[event.key];
      if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      act(event.target);
    });
  }

  function draw() {
    land.setAttribute("d", outlines(world.land, "z"));
    borders.setAttribute("d", outlines(world.borders, ""));
    sight = newsloom.sight({ frame: element, picture, limits, moved, anchor, choose });
    element.append(picture, sight.buttons(), note);
    hovering();
    typing();
  }

  function open() {
    if (spots) return;
    if (!element.firstChild) draw();
    spots = circles.find(project);
    refresh();
    fit();
  }

  const keys = Object.fromEntries(["+", "=", "-"].map((key) => [key, () => sight.keys[key]()]));

  function load() {
    spots = null;
    shown = [];
  }

  views.add("map", { label: "Map", key: "4", element, load, open, refresh, fit, show, svg: () => sight.svg(), keys });
})();
