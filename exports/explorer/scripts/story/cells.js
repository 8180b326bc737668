"use strict";
// The Story of a graph that is too large for one part: a row for each story, a column for each stretch of time, and in
// each cell how much happened then. A cell opens the part that holds its events.
newsloom.cells = (() => {
  const { data, state, el, svg, plural, look, words } = newsloom;
  const element = el("section", { id: "cells", "aria-label": "Stories by time", hidden: true });
  const LEGIBLE = 1.1;
  const AXIS = 44;
  const LETTER = 5.6; // the usual width of a letter of the small text
  const picture = svg("svg", { role: "group", "aria-label": "A button for each story and stretch of time; it opens what happened then" });
  const ground = svg("g", { "aria-hidden": "true" });
  const boxes = svg("g");
  const names = svg("g", { class: "lanes", "aria-hidden": "true" });
  picture.append(ground, boxes, names);
  let drawn = new Map(); // id of a cell -> its group
  let sight = null;

  const title = ({ lane, label, events, top }) =>
    `${data.view.grid.lanes[lane].name}, ${label}: ${plural(events, "event")}, among them: ${top}`;

  // As much of the box's width is of a colour as events are of its types.
  function bar(cell, y) {
    let x = cell.x - cell.width / 2 + 5;
    return Object.entries(cell.types).map(([type, count]) => {
      const width = ((cell.width - 10) * count) / cell.events;
      x += width;
      return svg("rect", { x: x - width, y, width: Math.max(0.5, width), height: 4, fill: data.view.types[type]?.colour ?? "#888888" });
    });
  }

  function box(cell) {
    const [left, top] = [cell.x - cell.width / 2, cell.y - cell.height / 2];
    return svg("g", { class: "cell", role: "button", tabindex: 0, "data-id": cell.id, "aria-label": title(cell) },
      svg("rect", { class: "frame", x: left, y: top, width: cell.width, height: cell.height, rx: 4 }),
      svg("text", { class: "count", x: left + 5, y: top + 13 }, cell.events.toLocaleString("en")),
      svg("text", { class: "top", x: left + 5, y: top + 25 }, words.cut(cell.top, Math.max(4, Math.floor((cell.width - 8) / LETTER)))),
      ...bar(cell, top + cell.height - 8));
  }

  function draw() {
    const { grid, cells } = data.view;
    ground.replaceChildren(
      ...grid.lanes.map(({ top, bottom }, at) => svg("rect", { class: `lane ${at % 2 ? "odd" : "even"}`, x: 0, y: top, width: grid.width, height: bottom - top })),
      ...grid.columns.map(({ label, left, right }) => svg("text", { class: "date", x: (left + right) / 2, y: AXIS - 16, "text-anchor": "middle" }, label)));
    drawn = new Map(cells.map((cell) => [cell.id, box(cell)]));
    boxes.replaceChildren(...drawn.values());
    names.replaceChildren(...grid.lanes.map(({ name, top }) => svg("text", { x: 6, y: top + 14 }, name)));
  }

  const cellOf = (target) => data.view.cells.find(({ id }) => id === target.closest?.(".cell")?.dataset.id);

  // The names of the stories stay in sight while one pans.
  function moved() {
    const { scale } = sight.middle;
    const [x, y] = sight.origin();
    for (const layer of [ground, boxes, names]) layer.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${scale})`);
    const edge = Math.max(0, -x / scale);
    for (const name of names.children) name.setAttribute("x", (edge + 6).toFixed(1));
  }

  function choose(target) {
    const cell = cellOf(target);
    if (cell) newsloom.openPart(cell.part, cell.topId);
    else newsloom.clear();
  }

  function prepare() {
    const limits = () => ({ left: 0, top: 0, right: data.view.grid.width, bottom: data.view.grid.height, closest: 3 });
    sight = newsloom.sight({ frame: element, picture, limits, moved, choose });
    element.append(picture, sight.buttons());
    document.getElementById("story").append(element);
    const describe = ({ target }) => {
      const cell = cellOf(target);
      if (!cell) return newsloom.views.unhover();
      const { left, top } = element.getBoundingClientRect();
      const at = target.getBoundingClientRect();
      return newsloom.views.hover([title(cell), ...cell.more.map((name) => `also in: ${name}`)].join("\n"), { x: at.left - left, y: at.bottom - top });
    };
    picture.addEventListener("pointerover", describe);
    picture.addEventListener("pointerleave", newsloom.views.unhover);
    picture.addEventListener("focusin", (event) => {
      const cell = cellOf(event.target);
      if (cell && event.target.matches(":focus-visible")) sight.reveal({ px: cell.x * sight.middle.scale, py: cell.y * sight.middle.scale });
    });
    newsloom.typing(picture, { Enter: choose, " ": choose });
  }

  const isDrawn = () => Boolean(data.view?.cells);

  function fit() {
    const { width, height } = data.view.grid;
    const [wide, high] = sight.size();
    const all = Math.min(wide / width, high / height, 1.4);
    const busiest = data.view.cells.reduce((best, cell) => (cell.events > best.events ? cell : best));
    if (all >= LEGIBLE) sight.aim(width / 2, height / 2, all);
    else sight.aim(busiest.x, 0, Math.max(all, LEGIBLE));
  }

  function open() {
    element.hidden = !isDrawn();
    document.getElementById("canvas").hidden = isDrawn();
    if (!isDrawn()) return;
    if (!sight) prepare();
    draw();
    fit();
    refresh();
  }

  // The cells of what is found or stands out are strong, the others faded, when something is chosen.
  function refresh() {
    const known = state.focus ?? state.matches;
    const strong = new Set([...(known?.keys() ?? [])].map((id) => data.cellOf.get(id)?.id));
    const own = state.selected ? data.cellOf.get(state.selected.id)?.id : null;
    for (const [id, group] of drawn) {
      group.classList.toggle("faded", Boolean(known) && !strong.has(id));
      group.classList.toggle("self", id === own);
    }
  }

  function show(id) {
    const cell = data.cellOf.get(id);
    if (cell && sight) sight.reveal({ px: cell.x * sight.middle.scale, py: cell.y * sight.middle.scale }, 60);
  }

  // Opens the part of an event's cell that holds it.
  async function openHome(id) {
    const { part, more } = data.cellOf.get(id);
    for (const name of [part, ...more]) if ((await newsloom.openPart(name)) && newsloom.select(id)) return;
  }

  // From an event of the overview the way to its story, where all of it is.
  newsloom.panel.more.push(() => {
    const { kind, id } = state.selected ?? {};
    const cell = kind === "node" ? data.cellOf.get(id) : null;
    if (!cell) return null;
    return el("section", { id: "home" }, el("h3", {}, "In its story"),
      el("p", { class: "note" }, `This is the overview; ${data.view.grid.lanes[cell.lane].name} has all of its events and sentences.`),
      el("button", { type: "button", class: "more", onclick: () => openHome(id) }, "Open it there"));
  });

  look.follow(() => isDrawn() && drawn.size && refresh());
  return { open, refresh, fit, show, isDrawn, svg: () => sight.svg() };
})();
