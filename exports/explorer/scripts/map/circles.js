"use strict";
// The circles of the map: which places have events, how large they are, and where there is room for them and their names.
newsloom.circles = (() => {
  const { data, state, svg, plural } = newsloom;
  const REACH = 44; // how far a circle may be moved to make room, in pixels
  const LARGEST = 26;
  const MOST_NAMES = 400;
  const LONGEST = 26; // letters of a name
  const LETTERS = "12px system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";
  const ruler = document.createElement("canvas").getContext("2d");

  const isKnown = ({ lat, lon }) => Math.abs(lat ?? NaN) <= 90 && Math.abs(lon ?? NaN) <= 180;

  // The places at which something happened, with all their events in order; `project` gives x and y of a place.
  function find(project) {
    const events = new Map(); // id of a place -> ids of its events
    for (const { source, type, target } of data.relations.values()) {
      if (type === "place" && data.order.has(source)) events.set(target, [...(events.get(target) ?? []), source]);
    }
    return [...events].map(([id, own]) => ({ node: data.nodes.get(id), own })).filter(({ node }) => isKnown(node)).map(({ node, own }) => ({
      node,
      own: own.sort((a, b) => data.order.get(a) - data.order.get(b)),
      ...project(node),
      circle: svg("g", { role: "button", tabindex: 0, "data-id": node.id }),
    }));
  }

  // What the filters leave of a place, and how it stands out.
  function update(spot) {
    spot.events = state.visible.has(spot.node.id) ? spot.own.filter((id) => state.visible.has(id)) : [];
    spot.radius = Math.min(LARGEST, 4.5 + 2.5 * Math.sqrt(spot.events.length));
    spot.look = standing(spot);
    if (spot.events.length) paint(spot);
  }

  function standing({ node, events }) {
    if (state.selected?.id === node.id) return "self";
    const known = state.focus ?? state.matches;
    if (!known) return "plain";
    return known.has(node.id) || events.some((id) => known.has(id)) ? "near" : "faded";
  }

  // A circle with a slice for each colour that its events have on the page.
  function paint({ circle, events, radius, look, node }) {
    const tally = new Map();
    for (const { colour } of events.map((id) => data.type(data.nodes.get(id)))) tally.set(colour, (tally.get(colour) ?? 0) + 1);
    let start = 0;
    const slices = [...tally].sort((a, b) => b[1] - a[1]).map(([fill, count]) => {
      const from = start;
      start += count / events.length;
      return svg("path", { d: slice(radius, from, start), fill });
    });
    circle.replaceChildren(...slices, svg("circle", { class: "rim", r: radius }));
    circle.setAttribute("class", `spot ${look}`);
    circle.setAttribute("aria-label", title({ node, events }));
    circle.setAttribute("aria-pressed", String(look === "self"));
  }

  function slice(radius, from, to) {
    if (to - from > 0.999) return `M0 ${-radius}a${radius} ${radius} 0 1 1 -.01 0z`;
    const rim = (share) => `${radius * Math.sin(share * 2 * Math.PI)} ${-radius * Math.cos(share * 2 * Math.PI)}`;
    return `M0 0L${rim(from)}A${radius} ${radius} 0 ${to - from > 0.5 ? 1 : 0} 1 ${rim(to)}z`;
  }

  const title = ({ node, events }) => `${node.name}, ${data.type(node).label}: ${plural(events.length, "event")}`;

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

  // Names beside the circles where they cover nothing; those that find no room are left to the pointer.
  function names(spots) {
    ruler.font = LETTERS;
    const taken = spots.map(({ px, py, radius }) => [px - radius, py - radius, px + radius, py + radius]);
    const isFree = ([left, top, right, bottom]) =>
      !taken.some((other) => left < other[2] && other[0] < right && top < other[3] && other[1] < bottom);
    return spots.slice(0, MOST_NAMES).flatMap((spot) => {
      const words = label(spot);
      const [width, gap] = [ruler.measureText(words).width, spot.radius + 4];
      const ways = [[gap, -8], [-gap - width, -8], [-width / 2, -gap - 14], [-width / 2, gap - 2]];
      const box = ways.map(([x, y]) => [spot.px + x, spot.py + y, spot.px + x + width, spot.py + y + 16]).find(isFree);
      if (!box) return [];
      taken.push(box);
      return [svg("text", { class: spot.look, x: box[0].toFixed(1), y: (box[1] + 12).toFixed(1) }, words)];
    });
  }

  function label({ node, events }) {
    const letters = Array.from(node.name);
    const name = letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join("")}…` : node.name;
    return events.length > 1 ? `${name} ${events.length}` : name;
  }

  return { find, update, spread, names, title };
})();
