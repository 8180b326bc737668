"use strict";
// The map: the outlines of the world, and a circle for each place at which something happened.
(() => {
  const { data, state, el, svg, plural, views, world, circles, mapNames, mapArcs, mapInset, mapMoving, mapDrawing } = newsloom;
  const element = el("section", { id: "map", "aria-label": "Map" });
  const CLOSEST = 200; // pixels a degree
  const OPENING = 60; // the closest that the first view comes
  const MARGIN = 110; // pixels around the places in the first view
  const STEP = 80; // pixels that an arrow key moves
  const ZOOM = 1.6;

  // Miller's projection: x and y in degrees of the equator, y downwards.
  const down = (lat) => (-225 / Math.PI) * Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 450));
  const project = ({ lat, lon }) => ({ x: lon, y: down(lat) });
  const [WIDE, HIGH] = [180, down(-90)];

  const land = svg("path", { class: "land", id: "map-land" });
  const borders = svg("path", { class: "borders", id: "map-borders" });
  const ground = svg("g", {}, land, borders);
  const threads = svg("path", { class: "threads" });
  const spotted = svg("g");
  const named = svg("g", { "aria-hidden": "true" });
  const arcs = svg("g", { "aria-hidden": "true" });
  const marks = svg("g", {}, threads, arcs, spotted, named);
  const picture = svg("svg", { role: "group", tabindex: 0, "aria-label": "World map, a button for each place of events" }, ground, marks, mapInset.element);
  const key = el("p", { class: "key" });
  const note = el("p", { class: "count" });

  const sight = { x: 0, y: 0, scale: 0 }; // the middle of what is seen, and pixels a degree
  let spots = null; // found when the map is opened for the first time
  let shown = []; // those that the filters leave, the largest first
  let causes = []; // arcs between them

  const size = () => [element.clientWidth, element.clientHeight];
  const origin = () => size().map((length, axis) => length / 2 - [sight.x, sight.y][axis] * sight.scale);
  const onScreen = ({ px, py }) => origin().map((start, axis) => start + [px, py][axis]);

  const isInSight = (spot) => onScreen(spot).every((at, axis) => at > 20 && at < size()[axis] - 20);

  function refresh() {
    if (!spots) return;
    circles.update(spots);
    shown = spots.filter(({ events }) => events.length);
    shown.sort((a, b) => b.radius - a.radius || b.events.length - a.events.length || (a.node.id < b.node.id ? -1 : 1));
    causes = mapArcs.find(shown);
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
    const { scale } = sight;
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
    const [left, top] = origin();
    const [right, bottom] = size().map((length, axis) => length - [left, top][axis]);
    const FAR = 1e6;
    const outside = [[-FAR, -FAR, -left, FAR], [right, -FAR, FAR, FAR], [-FAR, -FAR, FAR, -top], [-FAR, bottom, FAR, FAR]];
    const within = mapNames.place(shown, standing, outside);
    const inset = mapInset.show({ spots: shown, named: within, size: size(), origin: [left, top], scale: sight.scale, closest: CLOSEST, blocked: signposts() }, ["map-land", "map-borders"]);
    const placed = inset ? mapNames.place(shown, standing, [...outside, [inset[0] - left, inset[1] - top, inset[2] - left, inset[3] - top]]) : within;
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

  // Looks at a point; the map never leaves its frame.
  function aim(x, y, scale = sight.scale) {
    const [width, height] = size();
    if (!width || !height) return;
    const held = Math.min(CLOSEST, Math.max(scale, Math.min(width / WIDE, height / HIGH) / 2));
    const changed = held !== sight.scale;
    const within = (middle, half, seen) => (seen >= half ? 0 : Math.min(half - seen, Math.max(seen - half, middle)));
    sight.scale = held;
    sight.x = within(x, WIDE, width / 2 / held);
    sight.y = within(y, HIGH, height / 2 / held);
    const at = `translate(${origin().map((start) => start.toFixed(1)).join(" ")})`;
    marks.setAttribute("transform", at);
    ground.setAttribute("transform", `${at} scale(${held})`);
    if (changed) arrange();
    else settleSoon();
  }

  const pan = (dx, dy) => aim(sight.x - dx / sight.scale, sight.y - dy / sight.scale);

  // What one looks at: the selected place if it is in sight, else the middle.
  function centre() {
    const spot = shown.find(({ look }) => look === "self");
    return spot && isInSight(spot) ? onScreen(spot) : size().map((length) => length / 2);
  }

  // Zooms, keeping what is at a point of the screen where it is.
  function zoom(factor, point = centre()) {
    const [x, y] = origin().map((start, axis) => (point[axis] - start) / sight.scale);
    aim(sight.x, sight.y, sight.scale * factor);
    const [dx, dy] = origin().map((start, axis) => point[axis] - start - [x, y][axis] * sight.scale);
    pan(dx, dy);
  }

  function fit() {
    const ends = (values, half) => (values.length ? [Math.min(...values), Math.max(...values)] : [-half, half]);
    const [left, right] = ends(shown.map(({ x }) => x), WIDE);
    const [top, bottom] = ends(shown.map(({ y }) => y), HIGH);
    const [width, height] = size().map((length) => Math.max(length - 2 * MARGIN, length / 2));
    aim((left + right) / 2, (top + bottom) / 2, Math.min(OPENING, width / (right - left), height / (bottom - top)));
  }

  // Brings the place of a node into sight.
  function show(id) {
    const spot = shown.find(({ node, events }) => node.id === id || events.includes(id));
    if (spot && !isInSight(spot)) aim(spot.x, spot.y);
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
    aim(x, y, scale);
    picture.focus({ preventScroll: true });
  }

  // The words beside a circle.
  function describe(spot, [x, y]) {
    const lines = spot.events.slice(0, 4).map((id) => `${data.nodes.get(id).brief}: ${data.nodes.get(id).name}`);
    const rest = spot.events.length - lines.length;
    views.hover([circles.words(spot), ...lines, ...(rest ? [`and ${rest} more`] : [])].join("\n"), { x, y });
  }

  const pointed = ({ clientX, clientY }) => {
    const { left, top } = element.getBoundingClientRect();
    return [clientX - left, clientY - top];
  };

  function hovering() {
    const describeAt = (event) => {
      const [spot, arc] = [spotOf(event.target), arcOf(event.target)];
      if (spot) describe(spot, event.target.closest("[data-spot]") ? pointed(event) : onScreen(spot));
      else if (arc) views.hover(mapArcs.words(arc), { x: pointed(event)[0], y: pointed(event)[1] });
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

  const keys = { "+": () => zoom(ZOOM), "=": () => zoom(ZOOM), "-": () => zoom(1 / ZOOM) };
  const inside = { // while the map or a circle has the focus
    ArrowLeft: () => pan(STEP, 0),
    ArrowRight: () => pan(-STEP, 0),
    ArrowUp: () => pan(0, STEP),
    ArrowDown: () => pan(0, -STEP),
    Enter: choose,
    " ": choose,
  };

  function typing() {
    picture.addEventListener("keydown", (event) => {
      if (!inside[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      inside[event.key](event.target);
    });
  }

  function draw() {
    land.setAttribute("d", mapDrawing.outlines(world.land, "z", down));
    borders.setAttribute("d", mapDrawing.outlines(world.borders, "", down));
    const sign = (text, name, act) => el("button", { type: "button", "aria-label": name, title: name, onclick: act }, text);
    element.append(picture, el("div", { class: "zoom" }, sign("+", "Zoom in", keys["+"]), sign("−", "Zoom out", keys["-"])), el("div", { class: "signs" }, key, note));
    hovering();
    mapMoving.follow(picture, { pan, zoom, choose, at: pointed });
    typing();
    new ResizeObserver(() => aim(sight.x, sight.y)).observe(element);
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

  views.add("map", { label: "Map", key: "4", element, load, open, refresh, fit, show, svg: () => mapDrawing.text(picture, size(), note.textContent), keys });
})();
