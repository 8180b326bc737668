"use strict";
// The map: the outlines of the world, and a circle for each place at which something happened.
(() => {
  const { data, state, el, svg, plural, views, circles, mapNames, mapArcs, mapInset, keepFocus } = newsloom;
  const element = el("section", { id: "map", "aria-label": "Map" });
  const CLOSEST = 200; // pixels a degree
  const OPENING = 60; // the closest that the first view comes
  const MARGIN = 110; // pixels around the places in the first view

  // Miller's projection: x and y in degrees of the equator, y downwards.
  const down = (lat) => (-225 / Math.PI) * Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 450));
  const project = ({ lat, lon }) => ({ x: lon, y: down(lat) });
  const [WIDE, HIGH] = [180, down(-90)];

  const land = svg("path", { class: "map-land", id: "map-land" });
  const borders = svg("path", { class: "map-borders", id: "map-borders" });
  const ground = svg("g", {}, land, borders);
  const threads = svg("path", { class: "threads" });
  const spotted = svg("g");
  const named = svg("g", { "aria-hidden": "true" });
  const arcs = svg("g", { "aria-hidden": "true" });
  const marks = svg("g", {}, threads, arcs, spotted, named);
  const picture = svg("svg", { role: "group", tabindex: 0, "aria-label": "World map, a button for each place of events" }, ground, marks, mapInset.element);
  const key = el("p", { class: "key" });
  const note = el("p", { class: "count" });

  const limits = () => ({ left: -WIDE, right: WIDE, top: -HIGH, bottom: HIGH, closest: CLOSEST });
  const sight = newsloom.sight({ frame: element, picture, limits, moved, anchor, choose });
  let spots = null; // found when the map is opened for the first time
  let shown = []; // those that the filters leave, the largest first
  let causes = []; // arcs between them

  function refresh() {
    if (!spots) return;
    circles.update(spots);
    shown = spots.filter(({ events }) => events.length);
    shown.sort((a, b) => b.radius - a.radius || b.events.length - a.events.length || (a.node.id < b.node.id ? -1 : 1));
    causes = mapArcs.find(shown);
    keepFocus(spotted, () => spotted.replaceChildren(...shown.map(({ circle }) => circle)));
    tell();
    arrange();
  }

  function tell() {
    const placed = new Set(shown.flatMap(({ events }) => events)).size;
    const others = data.events.filter(({ id }) => state.visible.has(id)).length - placed;
    note.textContent = spots.length
      ? `${plural(placed, "event")} at ${plural(shown.length, "place")}${others ? `; ${plural(others, "event")} without a place on the map` : ""}`
      : "No event here has a place whose coordinates are known.";
    key.replaceChildren(...signs().flatMap(([shape, words]) => [el("span", { class: `sign ${shape}`, "aria-hidden": "true" }), words]));
    key.hidden = !shown.length;
  }

  // What the shapes mean, of those that are there.
  function signs() {
    const events = shown.flatMap((spot) => spot.events.map((id) => data.nodes.get(id)));
    return [
      shown.some(({ node }) => !circles.isWide(node)) ? ["round", "a place"] : null,
      shown.some(({ node }) => circles.isWide(node)) ? ["square", "somewhere in a country or region"] : null,
      events.some(({ factuality }) => factuality !== "asserted") ? ["open", "not reported as fact"] : null,
      causes.length ? ["arrow", "led to"] : null,
      shown.length ? ["", state.size === "importance" ? "size: importance of the events" : "size: number of events"] : null,
    ].filter(Boolean);
  }

  const standing = ({ px, py, radius }) => [px, py, radius];

  // Circles, and a thread to the place of each that had to make room.
  function arrange() {
    const { scale } = sight.middle;
    if (!scale) return;
    circles.spread(shown, scale);
    const ways = shown.flatMap(({ circle, x, y, px, py, radius }) => {
      circle.setAttribute("transform", `translate(${px.toFixed(1)} ${py.toFixed(1)})`);
      return Math.hypot(px - x * scale, py - y * scale) > radius / 2 ? [`M${x * scale} ${y * scale}L${px} ${py}`] : [];
    });
    threads.setAttribute("d", ways.join(""));
    arcs.replaceChildren(...causes.map((arc) => (arc.shape = mapArcs.draw(arc, standing))).filter(Boolean));
    settle();
  }

  // Names, and the inset, which gives way to circles and to which names give way.
  function settle() {
    clearTimeout(settling);
    const [[left, top], size] = [sight.origin(), sight.size()];
    const frame = [-left, -top, size[0] - left, size[1] - top];
    const within = mapNames.place(shown, standing, frame);
    const inset = mapInset.show({ spots: shown, named: within, size, origin: [left, top], scale: sight.middle.scale, closest: CLOSEST, blocked: signposts() });
    const covered = inset && [inset[0] - left, inset[1] - top, inset[2] - left, inset[3] - top];
    const placed = inset ? mapNames.place(shown, standing, frame, [covered]) : within;
    named.replaceChildren(...placed.map(mapNames.draw));
  }

  let settling = null;
  function settleSoon() {
    clearTimeout(settling);
    settling = setTimeout(settle, 120);
  }

  // Where buttons and words lie over the map.
  function signposts() {
    const { left, top } = element.getBoundingClientRect();
    return [...element.querySelectorAll(":scope > :not(svg)")].filter((one) => !one.hidden).map((one) => {
      const box = one.getBoundingClientRect();
      return [box.left - left - 6, box.top - top - 6, box.right - left + 6, box.bottom - top + 6];
    });
  }

  // Another part of the map is seen.
  function moved(changed) {
    const at = `translate(${sight.origin().map((start) => start.toFixed(1)).join(" ")})`;
    marks.setAttribute("transform", at);
    ground.setAttribute("transform", `${at} scale(${sight.middle.scale})`);
    if (changed) arrange();
    else settleSoon();
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

  // The place of a circle, here or in the inset.
  function spotOf(target) {
    const id = target.closest("[data-spot]")?.dataset.spot;
    return shown.find(({ circle, node }) => (id ? node.id === id : circle.contains(target)));
  }

  const arcOf = (target) => causes.find(({ shape }) => shape?.contains(target));

  function choose(target) {
    if (mapInset.element.contains(target)) return magnify();
    const [spot, arc] = [spotOf(target), arcOf(target)];
    if (spot) newsloom.select(spot.node.id);
    else if (arc) newsloom.selectEdge(arc.edges[0].id);
    else newsloom.clear();
  }

  // Brings the large map to what the inset shows.
  function magnify() {
    const { x, y, scale } = mapInset.target();
    sight.aim(x, y, scale);
    picture.focus({ preventScroll: true });
  }

  // The words beside a circle.
  function describe(spot, place) {
    const lines = spot.events.slice(0, 4).map((id) => `${data.nodes.get(id).brief}: ${data.nodes.get(id).name}`);
    const rest = spot.events.length - lines.length;
    views.hover([circles.words(spot), ...lines, ...(rest ? [`and ${rest} more`] : [])].join("\n"), place);
  }

  function hovering() {
    const describeAt = (event) => {
      const [spot, arc] = [spotOf(event.target), arcOf(event.target)];
      const [x, y] = spot && !event.target.closest("[data-spot]") ? sight.onScreen(spot) : sight.at(event);
      if (spot) describe(spot, { x, y });
      else if (arc) views.hover(mapArcs.words(arc), { x, y });
      else views.unhover();
    };
    picture.addEventListener("pointerover", describeAt);
    picture.addEventListener("pointerleave", views.unhover);
    picture.addEventListener("focusout", views.unhover);
    picture.addEventListener("focusin", (event) => {
      if (!event.target.matches(":focus-visible")) return;
      if (spotOf(event.target)) show(event.target.dataset.id);
      describeAt(event);
    });
  }

  // The way of each line, from steps of whole units to the projection.
  function outlines(packed, end) {
    const ways = packed.split(";").map((line) => {
      let [x, y] = [0, 0];
      const points = line.split(" ").map((step) => {
        const [dx, dy] = step.split(",").map(Number);
        [x, y] = [x + dx, y + dy];
        return `${(x * newsloom.world.step).toFixed(2)} ${down(y * newsloom.world.step).toFixed(2)}`;
      });
      return `M${points.join("L")}${end}`;
    });
    return ways.join("");
  }

  function draw() {
    const { land: coasts, borders: lines } = newsloom.world;
    land.setAttribute("d", outlines(coasts, "z"));
    borders.setAttribute("d", outlines(lines, ""));
    element.append(picture, sight.buttons(), el("div", { class: "signs" }, key, note));
    hovering();
    newsloom.typing(picture, { ...sight.steps, Enter: choose, " ": choose });
  }

  function open() {
    if (spots) return;
    if (!element.firstChild) draw();
    spots = circles.find(project);
    refresh();
    fit();
  }

  function load() {
    spots = null;
    shown = causes = [];
  }

  views.add("map", { label: "Map", key: "4", element, load, open, refresh, fit, show, svg: () => sight.svg(`Map: ${note.textContent}`), keys: sight.keys, help: [["arrows", "on the map: move it"], ...sight.help] });
})();
