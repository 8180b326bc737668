"use strict";
// The view of causes: what led to the selected event at its left, what followed at its right.
newsloom.causes = (() => {
  const { data, state, el, svg, views, chains, hops, layers, boxes, outline } = newsloom;
  const DEPTHS = [1, 2, 3, 5, Infinity];
  const READABLE = 0.66; // the smallest scale at which the words are read
  const PLAIN = 0.92; // at which a long chain is shown that has room in height
  const CLOSEST = 2.5; // pixels a unit
  const OPENING = 1.15; // the closest that a drawing is shown by itself
  const MARGIN = 18;

  const said = el("p", { class: "about", "aria-live": "polite" });
  const reach = el("select", { "aria-label": "How many hops are shown" },
    DEPTHS.map((depth) => el("option", { value: depth, selected: depth === 3 }, depth === Infinity ? "all hops" : `${depth} hop${depth === 1 ? "" : "s"}`)));
  const back = el("button", { type: "button", title: "Back to what was selected before", onclick: () => state.undo() }, "← Back");
  const starts = el("details", { class: "menu starts" }, el("summary", {}, "Starting points"), el("div", { class: "popover" }));
  const asList = el("button", { type: "button", "aria-pressed": "false" }, "As a list");
  const legend = el("p", { class: "legend" });
  const arrows = svg("g");
  const plates = svg("g");
  const sheet = svg("g", {}, plates, arrows);
  const picture = svg("svg", { role: "group", "aria-label": "Causes: each box is an event, each arrow runs from a cause to its effect. The list has the same." }, sheet);
  const room = el("div", { class: "sheet" }, picture);
  const list = el("div", { class: "outline", hidden: true, tabindex: 0, role: "region", "aria-label": "Causes as a list" });
  const sight = newsloom.sight({ frame: room, picture, limits, moved, choose: act });
  const element = el("section", { id: "causes", "aria-label": "Causes" },
    el("div", { class: "bar" }, said, back, starts, reach, asList, sight.buttons()),
    el("div", { class: "floor" }, room, list),
    legend);

  let depth = 3;
  let opened = []; // {id, way} of boxes behind which more was asked for
  let roots = null;
  let drawing = null;
  let drawn = ""; // what the drawing on the page is of
  let layout = null;
  let wanted = null; // the box to bring into sight once it is drawn
  let turn = 0; // counts drawings, so that a late one does not replace a newer one

  // Chooses what is drawn, and draws it if it is not on the page already.
  function refresh() {
    const before = roots;
    roots = newsloom.roots.find({ roots, drawing });
    if (before && roots.join("\n") !== before.join("\n")) opened = [];
    drawing = roots.length ? chains.around(roots, { depth, opened }) : chains.richest({ opened });
    const key = JSON.stringify([roots, [...drawing.boxes], drawing.lines.map(({ id }) => id), drawing.more]);
    said.textContent = newsloom.roots.about({ roots, drawing });
    starts.hidden = roots.length > 0;
    reach.hidden = !starts.hidden;
    if (key === drawn) return mark();
    drawn = key;
    list.replaceChildren(...outline.write(drawing, roots));
    return draw();
  }

  async function draw() {
    turn += 1;
    const own = turn;
    const dagre = await newsloom.library("dagre");
    if (own !== turn) return;
    const focused = room.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    const ports = new Map();
    for (const line of drawing.lines) {
      for (const key of [`cause ${line.cause}`, `effect ${line.effect}`]) ports.set(key, (ports.get(key) ?? 0) + 1);
    }
    const feet = new Set(drawing.more.map(({ id }) => id));
    const plain = [...drawing.boxes.keys()].map((id) => ({
      id, foot: feet.has(id) ? boxes.FOOT : 0,
      ...hops.box(data.nodes.get(id), { ports: Math.max(ports.get(`cause ${id}`) ?? 0, ports.get(`effect ${id}`) ?? 0), asked: roots.length === 1 && roots[0] === id }),
    }));
    const inTime = (a, b) => (data.order.get(a.id) ?? 0) - (data.order.get(b.id) ?? 0);
    const lines = drawing.lines.map((line) => ({ ...line, label: hops.label(line) }));
    layout = layers.arrange(dagre, plain.sort(inTime), lines);
    plates.replaceChildren(
      ...plain.map((box) => boxes.drawBox(box, layout.boxes.get(box.id))),
      ...drawing.more.map((stub) => boxes.drawStub(stub, layout.boxes.get(stub.id))));
    arrows.replaceChildren(...lines.map((line) => boxes.drawArrow(line, layout.curves.get(line.id))));
    legend.replaceChildren(...newsloom.roots.legend(drawing));
    legend.hidden = !lines.length;
    mark();
    home();
    if (focused) boxOf(focused)?.focus({ preventScroll: true });
  }

  // What is selected, near to it, or sought stands out.
  function mark() {
    const chosen = state.selected;
    for (const arrow of arrows.children) {
      const line = chains.line(arrow.dataset.id);
      const on = chosen?.kind === "edge" && chosen.id === line.id;
      arrow.classList.toggle("on", on);
      arrow.setAttribute("aria-pressed", String(on));
      arrow.classList.toggle("faded", Boolean(state.matches) && !state.matches.has(line.cause) && !state.matches.has(line.effect));
    }
    for (const box of plates.children) {
      box.classList.toggle("faded", Boolean(state.matches) && !state.matches.has(box.dataset.id));
      box.classList.toggle("on", Boolean(state.matches?.has(box.dataset.id)));
    }
  }

  // How far the drawing reaches, with something around it; a small one has the room of one at its opening scale.
  function limits() {
    const [width, height] = sight.size();
    const reaches = (length, seen) => {
      const spare = Math.max(MARGIN, (seen / OPENING - length) / 2);
      return [-spare, length + spare];
    };
    const [left, right] = reaches(layout?.width ?? 0, width);
    const [top, bottom] = reaches(layout?.height ?? 0, height);
    return { left, right, top, bottom, closest: CLOSEST };
  }

  function moved() {
    const [x, y] = sight.origin();
    sheet.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${sight.middle.scale.toFixed(4)})`);
  }

  const fit = () => layout && sight.aim(layout.width / 2, layout.height / 2, 0);

  // Everything where it can be read at once, else what was asked for in the middle.
  function home() {
    const id = wanted ?? roots[0] ?? drawing.middle ?? leftmost();
    wanted = null;
    fit();
    if (sight.middle.scale >= READABLE) return;
    const high = sight.size()[1] / (layout.height + 2 * MARGIN);
    centre(id, Math.min(PLAIN, Math.max(READABLE, high)));
  }

  function centre(id, scale) {
    const box = layout.boxes.get(id);
    if (box) sight.aim(box.x + box.width / 2, box.y + box.height / 2, scale);
  }

  // Where the first chain begins.
  function leftmost() {
    const all = [...layout.boxes].sort(([, a], [, b]) => a.x - b.x || a.y - b.y);
    return all[0]?.[0];
  }

  // Whether a box is seen as a whole.
  function inSight(id) {
    const box = layout?.boxes.get(id);
    if (!box) return true;
    const { scale } = sight.middle;
    return sight.origin().every((start, axis) => {
      const from = start + [box.x, box.y][axis] * scale;
      return from >= 0 && from + [box.width, box.height][axis] * scale <= sight.size()[axis];
    });
  }

  const boxOf = (id) => [...plates.children].find((box) => box.dataset.id === id && box.classList.contains("box"));

  // From box to box of one layer; the first step is from the selected one.
  function beside(step) {
    if (!layout) return;
    const focused = plates.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    const from = focused ?? (layout.boxes.has(state.selected?.id) ? state.selected.id : layout.boxes.keys().next().value);
    const { layer, y } = layout.boxes.get(from) ?? {};
    const others = [...layout.boxes].filter(([, box]) => box.layer === layer).sort(([, a], [, b]) => a.y - b.y);
    const next = others.filter(([, box]) => (step > 0 ? box.y > y : box.y < y)).at(step > 0 ? 0 : -1);
    boxOf(next?.[0] ?? from)?.focus({ preventScroll: true });
  }

  function act(target) {
    const part = target.closest?.(".box, .arrow, .stub");
    if (!part || !room.contains(part)) return false;
    const { id, way } = part.dataset;
    if (part.classList.contains("box")) newsloom.select(id);
    else if (part.classList.contains("arrow")) newsloom.selectEdge(id);
    else {
      opened = [...opened, { id, way }];
      wanted = id;
      refresh();
      boxOf(id)?.focus({ preventScroll: true });
    }
    return true;
  }

  function describe({ target }) {
    const part = target.closest?.(".box, .arrow");
    if (!part) return views.unhover();
    const box = element.getBoundingClientRect();
    const { left, bottom } = (part.querySelector(".frame, .words") ?? part).getBoundingClientRect();
    return views.hover(part.getAttribute("aria-label"), { x: left - box.left, y: bottom - box.top - 8 });
  }

  function pointing() {
    picture.addEventListener("pointerover", describe);
    picture.addEventListener("pointerleave", views.unhover);
    picture.addEventListener("focusout", views.unhover);
    picture.addEventListener("focusin", (event) => {
      if (!event.target.matches(":focus-visible")) return;
      const { id } = event.target.dataset;
      if (!inSight(id)) centre(id);
      describe(event);
    });
    newsloom.typing(picture, { Enter: act, " ": act });
  }

  function acting() {
    reach.addEventListener("change", () => {
      depth = Number(reach.value);
      opened = [];
      refresh();
    });
    asList.addEventListener("click", () => {
      const on = list.hidden;
      asList.setAttribute("aria-pressed", String(on));
      list.hidden = !on;
      room.inert = on;
    });
    starts.addEventListener("toggle", () => starts.open && starts.querySelector(".popover").replaceChildren(...newsloom.roots.starts()));
    starts.addEventListener("click", (event) => event.target.closest(".jump") && (starts.open = false));
    new ResizeObserver(() => layout && home()).observe(room);
  }

  // Paper has the whole drawing, whatever is seen of it.
  function printing() {
    window.addEventListener("beforeprint", () => {
      if (element.inert || !layout) return;
      sheet.removeAttribute("transform");
      picture.setAttribute("viewBox", [-MARGIN, -MARGIN, layout.width + 2 * MARGIN, layout.height + 2 * MARGIN].join(" "));
    });
    window.addEventListener("afterprint", () => {
      picture.removeAttribute("viewBox");
      moved();
    });
  }

  // The whole drawing as a file.
  function save() {
    const size = [layout.width, layout.height].map((length) => Math.ceil(length + 2 * MARGIN));
    return newsloom.picture.alone(picture, size, said.textContent, (copy) => {
      for (const stub of copy.querySelectorAll(".stub")) stub.remove();
      copy.querySelector("g").setAttribute("transform", `translate(${MARGIN} ${MARGIN})`);
    });
  }

  function load() {
    chains.load();
    [opened, roots, drawing, drawn, layout, wanted] = [[], null, null, "", null, null];
    arrows.replaceChildren();
    plates.replaceChildren();
  }

  function show(id) {
    wanted = id;
    if (layout?.boxes.has(id) && !inSight(id)) centre(id);
  }

  pointing();
  acting();
  printing();
  const keys = {
    ...sight.keys,
    ArrowUp: () => beside(-1),
    ArrowDown: () => beside(1),
  };
  const help = [["ArrowUp", "to the box above in this column"], ["ArrowDown", "to the box below"], ...sight.help];
  const view = { label: "Causes", key: "3", element, load, open: refresh, refresh, fit, show, svg: save, keys, help };
  return view;
})();
newsloom.views.add("causes", newsloom.causes);
