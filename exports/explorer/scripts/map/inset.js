"use strict";
// A second, larger map in a corner, of the region where the places crowd most: where circles had to make room and names
// found none. It covers no circle; where no corner is free, or nothing crowds, there is none.
newsloom.mapInset = (() => {
  const { svg, plural, circles, mapNames } = newsloom;
  const SIZES = [[320, 230], [250, 180], [200, 150]];
  const TIMES = [8, 5.5, 4, 3, 2.2]; // how much larger it shows things
  const FEW = 4; // troubled places below which nothing crowds
  const MOST = 250; // troubled places that are looked at
  const GAP = 12; // pixels from the edge of the map
  const STEP = 16; // pixels between the places along an edge that are tried
  const LEAST_WIDTH = 600; // of the map

  const clip = svg("rect", { rx: 6 });
  const ground = svg("rect", { class: "sea", rx: 6 });
  const land = svg("g", {});
  const marks = svg("g", {});
  const border = svg("rect", { class: "border", rx: 6 });
  const frame = svg("rect", { class: "frame", rx: 3 });
  const threads = svg("path", { class: "thread" });
  const room = svg("g", { class: "room", role: "button", tabindex: 0 },
    svg("clipPath", { id: "inset-room" }, clip), svg("g", { "clip-path": "url(#inset-room)" }, ground, land, marks), border);
  const element = svg("g", { class: "inset" }, frame, threads, room);
  let target = null; // {x, y, scale}: what the inset shows

  // The places that had to move or whose names found no room, of those in sight, at their true places on the screen.
  function troubled({ spots, named, scale, origin, size }) {
    const told = new Set(named.map(({ spot }) => spot));
    const seen = spots.map((spot) => ({ spot, x: origin[0] + spot.x * scale, y: origin[1] + spot.y * scale }))
      .filter(({ x, y }) => x > 0 && y > 0 && x < size[0] && y < size[1]);
    const isPressed = ({ spot }) => Math.hypot(spot.px - spot.x * scale, spot.py - spot.y * scale) > spot.radius || !told.has(spot);
    return seen.filter(isPressed).slice(0, MOST);
  }

  // The window of a size that holds the most of them.
  function fullest(places, width, height) {
    let best = [];
    for (const { x, y } of places) {
      for (const shift of [[0, 0], [0.5, 0.5]]) {
        const [left, top] = [x - width * (0.5 - shift[0] / 2), y - height * (0.5 - shift[1] / 2)];
        const within = places.filter((one) => one.x > left && one.x < left + width && one.y > top && one.y < top + height);
        if (within.length > best.length) best = within;
      }
    }
    return best;
  }

  // The region that gains most by being larger: {x, y, times} on the screen.
  function region(places, [width, height], most) {
    let best = null;
    for (const times of TIMES.filter((one) => one <= most)) {
      const within = fullest(places, (width / times) * 0.8, (height / times) * 0.8);
      const gain = within.length * Math.sqrt(times);
      if (within.length >= FEW && gain > (best?.gain ?? 0)) best = { within, times, gain };
    }
    if (!best) return null;
    const middle = (axis) => (Math.min(...best.within.map((one) => one[axis])) + Math.max(...best.within.map((one) => one[axis]))) / 2;
    return { x: middle("x"), y: middle("y"), times: best.times };
  }

  // Where along the edges of the map it covers no circle and not its own frame: as near to a corner and over as few names as
  // can be.
  function corner({ size, spots, named, origin, blocked }, [width, height], framed) {
    const circled = spots.map(({ px, py, radius }) => [origin[0] + px - radius, origin[1] + py - radius, origin[0] + px + radius, origin[1] + py + radius]);
    const worded = named.map(({ box: [left, top, right, bottom] }) => [origin[0] + left, origin[1] + top, origin[0] + right, origin[1] + bottom]);
    const full = [...circled, ...blocked, framed];
    const meets = (one) => (other) => one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
    let best = null;
    for (const [x, y, away] of edges(size, width, height)) {
      const box = [x, y, x + width, y + height];
      if (full.some(meets(box))) continue;
      const cost = away + 15 * worded.filter(meets(box)).length;
      if (cost < (best?.cost ?? Infinity)) best = { box, cost };
    }
    return best?.box;
  }

  // Places for a box along the four edges: [x, y, how far from a corner].
  function edges(size, width, height) {
    const [right, bottom] = [size[0] - width - GAP, size[1] - height - GAP];
    const steps = (end) => Array.from({ length: Math.max(1, Math.ceil((end - GAP) / STEP) + 1) }, (_, at) => Math.min(end, GAP + at * STEP));
    const away = (value, end) => Math.min(value - GAP, end - value);
    return [
      ...steps(right).flatMap((x) => [bottom, GAP].map((y) => [x, y, away(x, right)])),
      ...steps(bottom).flatMap((y) => [right, GAP].map((x) => [x, y, away(y, bottom)])),
    ];
  }

  // Where the inset is to stand and what it shows; null where there is none.
  function plan(sight) {
    if (sight.size[0] < LEAST_WIDTH) return null;
    const places = troubled(sight);
    if (places.length < FEW) return null;
    for (const measure of SIZES) {
      const found = region(places, measure, sight.closest / sight.scale);
      if (!found) continue;
      const [w, h] = measure.map((length) => length / found.times);
      const framed = [found.x - w / 2, found.y - h / 2, found.x + w / 2, found.y + h / 2];
      const box = corner(sight, measure, framed);
      if (box) return { ...found, measure, framed, box };
    }
    return null;
  }

  const put = (shape, [left, top, right, bottom]) => {
    for (const [name, value] of Object.entries({ x: left, y: top, width: right - left, height: bottom - top })) shape.setAttribute(name, value.toFixed(1));
  };

  // Shows the inset for what is seen of the large map, or none; gives its box on the screen.
  function show(sight) {
    const made = plan(sight);
    element.style.display = made ? "" : "none";
    target = made && { x: (made.x - sight.origin[0]) / sight.scale, y: (made.y - sight.origin[1]) / sight.scale, scale: sight.scale * made.times };
    if (!made) return null;
    const { box, framed, measure } = made;
    for (const shape of [clip, ground, border]) put(shape, box);
    put(frame, framed);
    threads.setAttribute("d", joined(framed, box));
    const start = [box[0] + measure[0] / 2 - target.x * target.scale, box[1] + measure[1] / 2 - target.y * target.scale];
    if (!land.firstChild) land.append(...["map-land", "map-borders"].map((id) => svg("use", { href: `#${id}` })));
    land.setAttribute("transform", `translate(${start[0].toFixed(1)} ${start[1].toFixed(1)}) scale(${target.scale})`);
    fill(sight.spots, start, box);
    return box;
  }

  // Lines between the sides of two boxes that face each other.
  function joined(one, other) {
    const across = one[2] <= other[0] || other[2] <= one[0];
    const corners = ([left, top, right, bottom], towards) =>
      across ? (towards ? [[right, top], [right, bottom]] : [[left, top], [left, bottom]]) : towards ? [[left, bottom], [right, bottom]] : [[left, top], [right, top]];
    const before = across ? one[2] <= other[0] : one[3] <= other[1];
    const [from, to] = [corners(one, before), corners(other, !before)];
    return from.map(([x, y], at) => `M${x.toFixed(1)} ${y.toFixed(1)}L${to[at][0].toFixed(1)} ${to[at][1].toFixed(1)}`).join("");
  }

  function fill(spots, start, box) {
    const { scale } = target;
    const near = spots.map((spot) => ({ ...spot, home: spot })).filter(({ x, y }) => {
      const [sx, sy] = [start[0] + x * scale, start[1] + y * scale];
      return sx > box[0] && sx < box[2] && sy > box[1] && sy < box[3];
    });
    circles.spread(near, scale);
    const at = ({ px, py, radius }) => [start[0] + px, start[1] + py, radius];
    const named = mapNames.place(near, at, box);
    marks.replaceChildren(
      ...near.map((spot) => svg("g", { class: `spot ${spot.look}`, "data-spot": spot.node.id,
        transform: `translate(${at(spot).slice(0, 2).map((value) => value.toFixed(1)).join(" ")})` }, ...circles.draw(spot, spot.radius, "edge"))),
      ...named.map(mapNames.draw));
    const most = near[0]?.node.name ?? "";
    room.setAttribute("aria-label", `Inset: ${plural(near.length, "place")} around ${most}, larger; opens the map there`);
  }

  return { element, show, target: () => target };
})();
