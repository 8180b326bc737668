"use strict";
// The circles of the map: which places have events, how large they are, and where there is room for them and their names.
newsloom.circles = (() => {
  const { data, state, svg, plural } = newsloom;
  const REACH = 44; // how far a circle may be moved to make room, in pixels
  const LARGEST = 26;
  const SMALLEST = 4.5;
  const WIDE = new Set(["Country", "Region", "Area", "Water"]); // what happened there happened somewhere in it

  const isKnown = ({ lat, lon }) => Math.abs(lat ?? NaN) <= 90 && Math.abs(lon ?? NaN) <= 180;

  // The places at which something happened, with all their events in order; `project` gives x and y of a place.
  function find(project) {
    const events = new Map(); // id of a place -> ids of its events
    for (const { source, type, target } of data.relations.values()) {
      if (type !== "place" || !data.order.has(source)) continue;
      if (events.has(target)) events.get(target).add(source);
      else events.set(target, new Set([source]));
    }
    return [...events].map(([id, own]) => ({ node: data.nodes.get(id), own })).filter(({ node }) => isKnown(node)).map(({ node, own }) => ({
      node,
      own: [...own].sort((a, b) => data.order.get(a) - data.order.get(b)),
      ...project(node),
      circle: svg("g", { role: "button", tabindex: 0, "data-id": node.id }),
    }));
  }

  const isWide = ({ type }) => WIDE.has(type);

  // What the filters leave of the places, and how they stand out.
  function update(spots) {
    for (const spot of spots) {
      spot.events = state.visible.has(spot.node.id) ? spot.own.filter((id) => state.visible.has(id)) : [];
      spot.weight = spot.events.reduce((sum, id) => sum + data.nodes.get(id).importance, 0);
    }
    const heaviest = Math.max(1, ...spots.map(({ weight }) => weight));
    for (const spot of spots) {
      spot.radius = state.size === "importance"
        ? SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(Math.max(0, spot.weight) / heaviest)
        : Math.min(LARGEST, SMALLEST + 2.5 * Math.sqrt(spot.events.length));
      spot.look = standing(spot);
      if (spot.events.length) paint(spot);
    }
  }

  function standing({ node, events }) {
    if (state.selected?.id === node.id) return "self";
    const known = state.focus ?? state.matches;
    if (!known) return "plain";
    return known.has(node.id) || events.some((id) => known.has(id)) ? "near" : "faded";
  }

  function paint(spot) {
    const { circle, node, look } = spot;
    circle.replaceChildren(...draw(spot, spot.radius, "rim"));
    circle.setAttribute("class", `spot ${look}`);
    circle.setAttribute("aria-label", title(spot));
    circle.setAttribute("aria-pressed", String(look === "self"));
    circle.toggleAttribute("data-wide", isWide(node));
  }

  // A circle, or a square for a place that is a whole country or the like, with a slice for each colour that its events have
  // on the page: full for those reported as fact, hollow for those that are not.
  function draw({ node, events }, radius, rim) {
    const wide = isWide(node);
    const tally = new Map();
    for (const id of events) {
      const event = data.nodes.get(id);
      const key = `${event.factuality === "asserted" ? "full" : "hollow"} ${data.type(event).colour}`;
      tally.set(key, (tally.get(key) ?? 0) + 1);
    }
    let start = 0;
    const slices = [...tally].sort((a, b) => b[1] - a[1]).map(([key, count]) => {
      const from = start;
      start += count / events.length;
      const [fill, colour] = key.split(" ");
      const inner = fill === "hollow" ? radius - 1.7 : radius; // the line of a hollow slice lies inside the rim
      const d = wide ? strip(inner, from, start) : slice(inner, from, start);
      return svg("path", fill === "full" ? { d, fill: colour } : { d, class: "hollow", stroke: colour });
    });
    const half = radius * 0.9;
    const edge = wide ? svg("rect", { class: rim, x: -half, y: -half, width: 2 * half, height: 2 * half, rx: 2 }) : svg("circle", { class: rim, r: radius });
    return [...slices, edge, ...signs(node, radius)];
  }

  // What the reader did with a place: a ring of dashes where it is picked, a pin where it is pinned.
  function signs(node, radius) {
    const away = radius * 0.75;
    return [
      state.picked.has(node.id) ? svg("circle", { class: "picked", r: radius + 3 }) : null,
      state.pinned.has(node.id) ? svg("path", { class: "pin", d: newsloom.picture.pin(away, -away) }) : null,
    ].filter(Boolean);
  }

  function slice(radius, from, to) {
    if (to - from > 0.999) return `M0 ${-radius}a${radius} ${radius} 0 1 1 -.01 0z`;
    const rim = (share) => `${radius * Math.sin(share * 2 * Math.PI)} ${-radius * Math.cos(share * 2 * Math.PI)}`;
    return `M0 0L${rim(from)}A${radius} ${radius} 0 ${to - from > 0.5 ? 1 : 0} 1 ${rim(to)}z`;
  }

  function strip(radius, from, to) {
    const half = radius * 0.9;
    const [left, right] = [from, to].map((share) => (2 * share - 1) * half);
    return `M${left} ${-half}H${right}V${half}H${left}z`;
  }

  const title = ({ node, events }) =>
    `${node.name}, ${data.type(node).label}: ${plural(events.length, "event")}${isWide(node) ? " somewhere in it" : ""}`;

  // The same for the eye, most telling first.
  const words = ({ node, events }) =>
    isWide(node) ? `Somewhere in ${node.name} (${data.type(node).label}): ${plural(events.length, "event")}` : title({ node, events });

  // Puts the circles where their places are at a scale; those that would overlap make room for one another.
  function spread(spots, scale) {
    for (const spot of spots) [spot.px, spot.py] = [spot.x * scale, spot.y * scale];
    for (let round = 0; round < 30 && moveApart(spots, scale); round += 1);
  }

  // One round; false when nothing had to move.
  function moveApart(spots, scale) {
    const row = [...spots].sort((a, b) => a.px - b.px);
    let moved = false;
    row.forEach((one, at) => {
      for (let next = at + 1; next < row.length && row[next].px - one.px < one.radius + LARGEST + 2; next += 1) {
        const other = row[next];
        const [dx, dy] = [other.px - one.px, other.py - one.py];
        const lack = one.radius + other.radius + 1.5 - Math.hypot(dx, dy);
        if (lack < 0.1) continue;
        moved = true;
        const angle = dx || dy ? Math.atan2(dy, dx) : next * 2.4;
        const share = other.radius / (one.radius + other.radius); // the smaller one gives way
        push(one, -lack * share, angle, scale);
        push(other, lack * (1 - share), angle, scale);
      }
    });
    return moved;
  }

  function push(spot, length, angle, scale) {
    const dx = spot.px + length * Math.cos(angle) - spot.x * scale;
    const dy = spot.py + length * Math.sin(angle) - spot.y * scale;
    const held = Math.min(1, REACH / Math.max(1, Math.hypot(dx, dy)));
    [spot.px, spot.py] = [spot.x * scale + dx * held, spot.y * scale + dy * held];
  }

  return { find, update, spread, title, words, draw, isWide };
})();
