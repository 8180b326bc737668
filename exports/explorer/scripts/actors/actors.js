"use strict";
// The view of who deals with whom: actors where Python's forces put them, a line between those who share events.
(() => {
  const { data, state, el, svg, plural, views, deals, weave, keepFocus } = newsloom;
  const element = el("section", { id: "actors", "aria-label": "Actors" });
  const MARGIN = 95; // pixels beside the outermost actors in the first view
  const TOP = 30;
  const NAME = 34; // the name below an actor
  const LARGEST = 1.6; // the closest that the first view comes
  const CLOSEST = 3.5;
  const LEGIBLE = 0.62; // the scale that the page opens with where not all names can be read at once
  const EDGE = 26; // how near to the edge what is shown may be
  const MANY = 700; // lines
  const SIGNED = 150; // lines that have a sign at once
  const SIGN_ROOM = 46; // pixels of a line with a sign
  const help = "Who deals with whom. Arrow keys go from actor to actor, the busiest first, or round the partners of the selected one; Enter selects, d opens the dealings of two; Shift and arrows move the picture.";

  const strung = svg("g", { class: "ties" });
  const stood = svg("g");
  const named = svg("g", { "aria-hidden": "true" });
  const signed = svg("g", { "aria-hidden": "true" });
  const marks = svg("g", {}, strung, signed, stood, named);
  const picture = svg("svg", { role: "group", "aria-label": help }, marks);
  const note = el("p", {});
  const foot = el("div", { class: "foot" }, newsloom.dealsKey.element, note);

  let actors = null; // id -> {node, x, y, px, py, radius, full, pairs, look, mark}: all that have a place
  let shown = []; // those whom the filters leave a partner, the busiest first
  let threads = []; // the lines between them
  let counted = null; // the pairs that are drawn
  let arranged = 0; // the scale that everything is drawn at
  let waiting = null;
  let seen = null; // what was selected when the view was last drawn
  let told = ""; // what is drawn, in words
  let measure = null; // what the sizes are by

  const box = () => {
    const [xs, ys] = ["x", "y"].map((axis) => [...actors.values()].map((actor) => actor[axis]));
    return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
  };

  // Room beyond the outermost actors, so that any of them can come to the middle.
  function limits() {
    if (!actors?.size) return { left: -1, right: 1, top: -1, bottom: 1, closest: 1 };
    const { left, right, top, bottom } = box();
    const [wide, high] = [(right - left) * 0.6 + 200, (bottom - top) * 0.6 + 200];
    return { left: left - wide, right: right + wide, top: top - high, bottom: bottom + high, closest: CLOSEST };
  }

  const anchor = () => {
    const self = shown.find(({ look }) => look === "self");
    return self && sight.holds(spot(self)) ? sight.onScreen(spot(self)) : null;
  };
  const sight = newsloom.sight({ frame: element, picture, limits, moved, anchor, choose });

  function find() {
    actors = new Map();
    for (const [number, [x, y]] of Object.entries(data.view.web.positions)) {
      const node = data.nodes.get(data.view.nodes[number].id);
      const mark = svg("g", { role: "button", tabindex: -1, "data-id": node.id });
      actors.set(node.id, { node, x, y, px: 0, py: 0, radius: 0, full: 0, pairs: [], look: "plain", mark });
    }
    counted = null;
  }

  // The actors and lines that the filters leave.
  function draw() {
    const pairs = deals.pairs();
    if (counted === pairs && measure === state.size) return;
    [counted, measure] = [pairs, state.size];
    for (const actor of actors.values()) actor.pairs = deals.of(actor.node.id).filter((pair) => actors.has(deals.otherOf(pair, actor.node.id)));
    shown = [...actors.values()].filter((actor) => actor.pairs.length);
    for (const actor of shown) actor.full = weave.size(actor);
    const weight = ({ pairs: own }) => own.reduce((sum, pair) => sum + pair.weight, 0);
    shown.sort((a, b) => weight(b) - weight(a) || (a.node.id < b.node.id ? -1 : 1));
    shown.forEach(weave.paint);
    const drawn = [...pairs.values()].filter(({ one, other }) => actors.has(one) && actors.has(other));
    threads = drawn.sort((a, b) => a.weight - b.weight).map(weave.thread);
    strung.replaceChildren(...threads.map(({ group }) => group));
    keepFocus(stood, () => stood.replaceChildren(...shown.map(({ mark }) => mark)));
    tell();
    arrange();
  }

  // How actors and lines stand out: the selected ones, those who deal with them, and the others.
  function dress() {
    const chosen = state.selected;
    const involved = chosenActors();
    for (const actor of shown) {
      actor.look = lookOf(actor.node.id, involved);
      weave.dress(actor);
    }
    for (const thread of threads) {
      thread.look = threadLook(thread.pair, chosen, involved);
      thread.group.setAttribute("class", `tie ${thread.look}${thread.open ? " open" : ""}`);
    }
    for (const thread of threads) if (thread.look !== "plain" && thread.look !== "faded") strung.append(thread.group);
    rove();
    name();
  }

  // Who stands out by what is selected or sought: actor -> "self" | "near"; null when nothing is.
  function chosenActors() {
    const chosen = state.selected;
    if (chosen?.kind === "pair") return new Map([[chosen.id, "self"], [chosen.other, "self"]]);
    if (chosen?.kind === "node" && data.nodes.get(chosen.id).kind === "actor") {
      return new Map([...deals.of(chosen.id).map((pair) => [deals.otherOf(pair, chosen.id), "near"]), [chosen.id, "self"]]);
    }
    if (chosen?.kind === "node" && data.nodes.get(chosen.id).kind === "event") {
      return new Map(deals.all().filter(({ event }) => event === chosen.id).flatMap(({ one, other }) => [[one, "near"], [other, "near"]]));
    }
    const known = state.focus ?? state.matches;
    return known && new Map([...known].map(([id, how]) => [id, how === "self" ? "self" : "near"]));
  }

  const lookOf = (id, involved) => (involved ? involved.get(id) ?? "faded" : "plain");

  function threadLook({ key, one, other, events }, chosen, involved) {
    if (!involved) return "plain";
    if (chosen?.kind === "pair") return key === deals.key(chosen.id, chosen.other) ? "self" : "faded";
    if (chosen?.kind === "node" && data.nodes.get(chosen.id).kind === "actor") return [one, other].includes(chosen.id) ? "near" : "faded";
    if (chosen?.kind === "node" && data.nodes.get(chosen.id).kind === "event") return events.includes(chosen.id) ? "near" : "faded";
    return involved.has(one) && involved.has(other) ? "near" : "faded";
  }

  // What is drawn and what is not, in words.
  function tell() {
    const { web } = data.view;
    const inPairs = new Set([...counted.values()].flatMap(({ events }) => events));
    const events = data.events.filter(({ id }) => state.visible.has(id));
    const alone = [...data.nodes.values()].filter(({ id, kind }) => kind === "actor" && state.visible.has(id) && !deals.of(id).length).length;
    const beyond = [...counted.values()].filter(({ one, other }) => !actors.has(one) || !actors.has(other)).length;
    const left = [];
    if (beyond) left.push(`${plural(beyond, "pair")} with less tied actors`);
    if (alone) left.push(`${plural(alone, "actor")} who shared no event with another`);
    const denied = new Set(deals.all().map(({ event }) => event).filter((id) => state.visible.has(id) && data.nodes.get(id).factuality === "negated")).size;
    if (denied) left.push(`${plural(denied, "event")} that ${denied === 1 ? "is" : "are"} denied`);
    if (events.length > inPairs.size + denied) left.push(`${plural(events.length - inPairs.size - denied, "event")} with fewer than two actors`);
    const drawn = threads.length
      ? `${plural(threads.length, "pair")} of ${plural(shown.length, "actor")}`
      : Object.keys(web.positions).length ? "The filters leave no two actors who deal with each other" : "No two actors here deal with each other";
    told = `${drawn}.${left.length ? ` Not drawn: ${left.join("; ")}.` : ""}`;
  }

  // Everything at its place on the screen, at the scale of now.
  function arrange() {
    const { scale } = sight.middle;
    if (!scale) return;
    arranged = scale;
    for (const actor of shown) weave.place(actor, scale);
    for (const thread of threads) thread.length = weave.lay(thread, actors.get(thread.pair.one), actors.get(thread.pair.other));
    name();
  }

  // Names and signs: first of what stands out, then of the busiest.
  function name() {
    const rank = { self: 0, near: 1, plain: 2, faded: 3 };
    const taken = new newsloom.Room(60);
    const corner = sight.origin();
    const frame = { left: -corner[0], right: sight.size()[0] - corner[0] };
    named.replaceChildren(...weave.names([...shown].sort((a, b) => rank[a.look] - rank[b.look]), taken, frame));
    const long = threads.filter(({ length, look, sign }) => length > SIGN_ROOM && look !== "faded" && sign.textContent);
    signed.replaceChildren(...long.slice(-SIGNED).map((thread) => weave.signs(thread, actors, taken)).filter(Boolean));
  }

  // Where there are many lines they are drawn once for each picture on the screen, not at each turn of the wheel.
  function moved(changed) {
    const put = () => {
      marks.setAttribute("transform", `translate(${sight.origin().map((start) => start.toFixed(1)).join(" ")})`);
      if (changed) arrange();
    };
    cancelAnimationFrame(waiting);
    changed ||= arranged !== sight.middle.scale;
    if (changed && threads.length > MANY) waiting = requestAnimationFrame(put);
    else put();
  }

  function fit() {
    if (!actors?.size) return;
    const { left, right, top, bottom } = box();
    const [width, height] = sight.size();
    const below = Math.min(height / 3, foot.offsetHeight); // what the key covers
    const wide = Math.max(width / 2, width - 2 * MARGIN);
    const high = Math.max(height / 2, height - below - TOP - NAME);
    const scale = Math.min(LARGEST, wide / (right - left || 1), high / (bottom - top || 1));
    sight.aim((left + right) / 2, (top + bottom) / 2 + (below + NAME - TOP) / 2 / scale, scale);
  }

  // Brings an actor, or those of an event, into sight.
  function show(id) {
    const wanted = actors?.get(id) ?? shown.find(({ pairs }) => pairs.some(({ events }) => events.includes(id)));
    if (wanted?.pairs.length) bring(wanted);
  }

  const spot = ({ x, y }) => ({ px: x * sight.middle.scale, py: y * sight.middle.scale });
  const bring = (actor) => sight.reveal(spot(actor), EDGE, foot.offsetHeight);

  const actorAt = (target) => actors?.get(target.closest?.("[data-id]")?.dataset.id);
  const threadAt = (target) => {
    const group = target.closest?.(".tie");
    return group && threads.find((thread) => thread.group === group);
  };

  // The actors within a line that was drawn on the screen, and the one at a point.
  const where = (actor) => {
    const [x, y] = sight.onScreen(spot(actor));
    return { x, y };
  };
  const within = (polygon) => shown.filter((actor) => newsloom.lasso.contains(polygon, where(actor))).map(({ node }) => node.id);
  const under = (point) => shown.find((actor) => Math.hypot(where(actor).x - point.x, where(actor).y - point.y) <= actor.radius + 3)?.node.id;
  const lasso = newsloom.lasso(element, within, under);

  function choose(target) {
    const [actor, thread] = [actorAt(target), threadAt(target)];
    if (actor) newsloom.select(actor.node.id);
    else if (thread) newsloom.selectPair(thread.pair.one, thread.pair.other);
    else newsloom.clear();
  }

  function describe(event) {
    const [actor, thread] = [actorAt(event.target), threadAt(event.target)];
    const [x, y] = actor && event.type === "focusin" ? sight.onScreen(spot(actor)) : sight.at(event);
    if (actor) views.hover(about(actor), { x, y });
    else if (thread) views.hover(deals.title(thread.pair), { x, y });
    else views.unhover();
  }

  function about({ node, pairs }) {
    const chosen = state.selected?.kind === "node" ? deals.between(state.selected.id, node.id) : null;
    if (chosen && chosen.one !== chosen.other) return deals.title(chosen);
    const lines = pairs.slice(0, 4).map((pair) => `${deals.name(deals.otherOf(pair, node.id))}: ${deals.words(pair)}`);
    const rest = pairs.length - lines.length;
    const kind = [data.type(node).label, node.country].filter(Boolean).join(", ");
    return [`${node.name} (${kind}) deals with ${pairs.length}`, ...lines, ...(rest > 0 ? [`and ${rest} more`] : [])].join("\n");
  }

  // Whom the arrow keys go to: the partners of the selected actor, clockwise, else all, the busiest first.
  function circle() {
    const self = state.selected?.kind === "node" ? actors.get(state.selected.id) : null;
    if (!self?.pairs.length) return shown;
    const angle = ({ x, y }) => Math.atan2(y - self.y, x - self.x);
    const round = self.pairs.map((pair) => actors.get(deals.otherOf(pair, self.node.id))).sort((a, b) => angle(a) - angle(b));
    return [self, ...round];
  }

  // One actor is in the order of Tab: the selected one, else the busiest.
  function rove(wanted) {
    const focused = shown.find(({ mark }) => mark === document.activeElement);
    const self = shown.find(({ look }) => look === "self");
    const open = wanted ?? focused ?? self ?? shown[0];
    for (const actor of shown) actor.mark.setAttribute("tabindex", actor === open ? 0 : -1);
  }

  function go(step, target) {
    const ring = circle();
    const at = ring.indexOf(actorAt(target));
    const next = typeof step === "number" ? ring[(Math.max(at, 0) + step + ring.length) % ring.length] : step(ring);
    if (!next) return;
    rove(next);
    next.mark.focus({ preventScroll: true });
    bring(next);
  }

  function openPair(target) {
    const actor = actorAt(target);
    if (!actor) return;
    const { selected } = state;
    const known = selected?.kind === "node" && deals.between(selected.id, actor.node.id);
    const pair = known || actor.pairs[0];
    if (pair) newsloom.selectPair(pair.one, pair.other);
  }

  const inside = {
    ArrowRight: (target) => go(1, target),
    ArrowDown: (target) => go(1, target),
    ArrowLeft: (target) => go(-1, target),
    ArrowUp: (target) => go(-1, target),
    Home: (target) => go((ring) => ring[0], target),
    End: (target) => go((ring) => ring.at(-1), target),
    Enter: choose,
    " ": choose,
    d: openPair,
  };

  const keysTold = [
    ["← →", "on an actor: to the next, the busiest first, or round the partners of the selected one"],
    ["d", "on an actor: the dealings of two"],
    ["Shift and arrows", "move the picture"],
    ...sight.help,
  ];

  function build() {
    element.append(picture, sight.buttons(), lasso.button, foot);
    newsloom.typing(picture, ({ key, shiftKey }) => (shiftKey ? sight.steps : inside)[key]);
    picture.addEventListener("pointermove", (event) => event.buttons || describe(event));
    picture.addEventListener("pointerleave", views.unhover);
    picture.addEventListener("focusout", views.unhover);
    picture.addEventListener("focusin", (event) => event.target.matches(":focus-visible") && describe(event));
  }

  function refresh() {
    if (!actors) return;
    draw();
    dress();
    const { selected } = state;
    const missing = [selected?.id, selected?.other].filter((id) => id && !actors.has(id) && deals.of(id).length).map(deals.name);
    note.textContent = missing.length ? `${missing.join(" and ")}: too few ties to be drawn here. ${told}` : told;
    if (selected?.kind === "pair" && seen !== selected) for (const id of [selected.other, selected.id]) show(id);
    seen = selected;
  }

  function open() {
    if (actors) return;
    if (!element.firstChild) build();
    find();
    refresh();
    begin();
  }

  // The first view: everyone where names can be read, else the busiest and those around them.
  function begin() {
    fit();
    if (!shown.length || sight.middle.scale >= LEGIBLE) return;
    sight.aim(shown[0].x, shown[0].y, LEGIBLE);
  }

  function load() {
    deals.load();
    cancelAnimationFrame(waiting);
    actors = counted = null;
    arranged = 0;
    [shown, threads] = [[], []];
  }

  views.add("actors", { label: "Actors", key: "2", element, load, open, close: lasso.stop, lasso, refresh, fit, show, svg: () => sight.svg(`Who deals with whom: ${told}`), keys: sight.keys, help: keysTold });
})();
