"use strict";
// How an actor and a pair of actors are drawn: shapes by what an actor is, lines by what is between two.
newsloom.weave = (() => {
  const { data, state, svg, deals, words } = newsloom;
  const LARGEST = 22;
  const SMALLEST = 0.4; // how much smaller circles become where one zooms out
  const WIDEST = 9;
  const LONGEST = 26; // letters of a name
  const ALWAYS = 24; // so many have a name whatever it covers
  const FONT = words.font(12.5);

  // Which outline stands for which kinds of actors; the others are hexagons.
  const outlines = {
    circle: { types: ["Person"], words: "person" },
    ring: { types: ["Group"], words: "group" },
    square: { types: ["State", "Government", "InternationalOrganisation"], words: "state or its bodies" },
    triangle: { types: ["Military", "ArmedGroup"], words: "armed" },
    hexagon: { types: [], words: "other" },
  };
  const outlineOf = ({ type }) => Object.keys(outlines).find((name) => outlines[name].types.includes(type)) ?? "hexagon";

  const corners = (count, radius, turn) =>
    Array.from({ length: count }, (_, at) => (at / count + turn) * 2 * Math.PI).map((a) => `${(radius * Math.sin(a)).toFixed(1)} ${(-radius * Math.cos(a)).toFixed(1)}`);
  function outline(name, radius) {
    if (name === "square") return `M${corners(4, radius * 1.25, 0.125).join("L")}z`;
    if (name === "triangle") return `M${corners(3, radius * 1.3, 0).join("L")}z`;
    if (name === "hexagon") return `M${corners(6, radius * 1.1, 0).join("L")}z`;
    return `M0 ${-radius}a${radius} ${radius} 0 1 1 -.01 0z`;
  }

  // By how much one deals with others, or by how often one is named.
  function size({ node, pairs }) {
    const much = state.size === "importance" ? node.mentions / 3 : pairs.reduce((sum, { weight }) => sum + weight, 0);
    return Math.min(LARGEST, 5.5 + 2.4 * Math.sqrt(much));
  }

  // Where an actor is on the screen, and how large: smaller where many are in sight.
  function place(actor, scale) {
    [actor.px, actor.py] = [actor.x * scale, actor.y * scale];
    const shrunk = Math.min(1, Math.max(SMALLEST, scale ** 0.7));
    actor.radius = actor.full * shrunk;
    actor.mark.setAttribute("transform", `translate(${actor.px.toFixed(1)} ${actor.py.toFixed(1)})`);
    actor.mark.firstChild.setAttribute("transform", `scale(${shrunk.toFixed(2)})`);
  }

  function label(actor) {
    const { node, pairs } = actor;
    const first = pairs.slice(0, 3).map((pair) => `${deals.name(deals.otherOf(pair, node.id))}, ${deals.words(pair)}`);
    return `${node.name}, ${data.type(node).label}: deals with ${pairs.length}; ${first.join("; ")}`;
  }

  function paint(actor) {
    const name = outlineOf(actor.node);
    const away = actor.full * 0.75;
    actor.mark.replaceChildren(svg("g", {},
      svg("path", { class: `body ${name}`, d: outline(name, actor.full) }),
      svg("path", { class: "pin", d: newsloom.picture.pin(away, -away) })));
    actor.mark.setAttribute("aria-label", label(actor));
  }

  function dress(actor) {
    const isPinned = state.pinned.has(actor.node.id);
    actor.mark.setAttribute("class", `who ${actor.look}${isPinned ? " pinned" : ""}`);
    actor.mark.setAttribute("aria-pressed", String(actor.look === "self"));
  }

  // The sign of a pair on its line, near the middle, where it is not in the way of a name; null where there is no room.
  function signs({ pair, sign }, actors, taken) {
    const [from, to] = [actors.get(pair.one), actors.get(pair.other)];
    const at = (share) => [from.px + (to.px - from.px) * share, from.py + (to.py - from.py) * share];
    const box = ([x, y]) => [x - 6, y - 7, x + 6, y + 7];
    const free = [0.5, 0.4, 0.6, 0.3, 0.7].map(at).find((point) => taken.isFree(box(point)));
    if (!free) return null;
    taken.add(box(free));
    sign.setAttribute("x", free[0].toFixed(1));
    sign.setAttribute("y", (free[1] + 5).toFixed(1));
    return sign;
  }

  const widthOf = (count) => Math.min(WIDEST, 1.4 + 1.5 * Math.log2(count));

  // The lines of a pair: one, or a curve each way where the one is conflict and the other is not.
  function lines(pair) {
    const runs = deals.run(pair);
    const sides = [pair.there, pair.back].map((side) => deals.tone(deals.scores(side)));
    const differ = new Set(sides.map((tone) => deals.signs[tone])).size > 1;
    if (pair.there.length && pair.back.length && differ) {
      return [
        { tone: sides[0], count: pair.there.length, bend: 1, to: "other" },
        { tone: sides[1], count: pair.back.length, bend: -1, to: "one" },
      ];
    }
    const ends = { there: ["other"], back: ["one"], both: ["one", "other"] }[runs] ?? [];
    return [{ tone: pair.tone, count: pair.events.length, bend: 0, to: ends[0], also: ends[1] }];
  }

  function thread(pair) {
    const own = lines(pair).map((line) => ({ ...line, width: widthOf(line.count), path: svg("path", { class: `line ${line.tone}` }), head: svg("path", { class: `head ${line.tone}` }) }));
    const hit = svg("path", { class: "hit" });
    const sign = svg("text", { class: "sign" }, deals.signs[pair.tone] ?? "");
    const group = svg("g", { "data-one": pair.one, "data-other": pair.other }, hit, ...own.flatMap(({ path, head }) => [path, head]));
    for (const { path, width } of own) path.setAttribute("stroke-width", width.toFixed(1));
    return { pair, own, hit, sign, group, open: pair.open === pair.deals.length };
  }

  // Puts a pair's lines between two actors on the screen, from rim to rim.
  function lay({ own, hit }, from, to) {
    const [dx, dy] = [to.px - from.px, to.py - from.py];
    const length = Math.hypot(dx, dy) || 1;
    const [ux, uy] = [dx / length, dy / length];
    const text = (x, y) => `${x.toFixed(1)} ${y.toFixed(1)}`;
    hit.setAttribute("d", `M${text(from.px, from.py)}L${text(to.px, to.py)}`);
    own.forEach(({ bend, width, path, head, to: end, also }) => {
      const sway = bend * Math.min(26, length * 0.16);
      const side = sway * 0.5; // how far the curve leaves the line near its ends
      const gap = (name) => (name === end || name === also ? 4 + width * 1.6 : 0);
      const start = point(from, ux, uy, from.radius + 1 + gap("one"), side * 0.4);
      const stop = point(to, -ux, -uy, to.radius + 1 + gap("other"), -side * 0.4);
      const middle = [(from.px + to.px) / 2 - uy * sway * 1.6, (from.py + to.py) / 2 + ux * sway * 1.6];
      path.setAttribute("d", bend ? `M${text(...start)}Q${text(...middle)} ${text(...stop)}` : `M${text(...start)}L${text(...stop)}`);
      const heads = [];
      for (const name of [end, also]) {
        if (name === "other") heads.push(arrow(stop, bend ? away(stop, middle) : [ux, uy], width));
        if (name === "one") heads.push(arrow(start, bend ? away(start, middle) : [-ux, -uy], width));
      }
      head.setAttribute("d", heads.join(""));
    });
    return length;
  }

  const point = ({ px, py }, ux, uy, along, aside) => [px + ux * along - uy * aside, py + uy * along + ux * aside];
  const away = (end, [x, y]) => {
    const length = Math.hypot(end[0] - x, end[1] - y) || 1;
    return [(end[0] - x) / length, (end[1] - y) / length];
  };

  function arrow([x, y], [ux, uy], width) {
    const [long, half] = [5 + width * 1.6, 3 + width * 0.75];
    const tip = [x + ux * long, y + uy * long];
    const foot = [1, -1].map((way) => `${(x - uy * half * way).toFixed(1)} ${(y + ux * half * way).toFixed(1)}`);
    return `M${tip.map((at) => at.toFixed(1)).join(" ")}L${foot.join("L")}z`;
  }

  const isCut = ([left, , right], frame) => left < frame.left || right > frame.right;

  // Names below the circles (else beside or above) where they cover no other name and no circle; what they take is taken.
  // The first few, and who stands out, have a name even where that covers a circle; names rather stand within the frame.
  function names(actors, taken, frame) {
    const written = new newsloom.Room(60);
    for (const { px, py, radius } of actors) taken.add([px - radius, py - radius, px + radius, py + radius]);
    return actors.flatMap(({ node, px, py, radius, look }, number) => {
      const name = words.cut(node.name, LONGEST);
      const [wide, gap] = [words.width(name, FONT) + 2, radius + 3];
      const ways = [[-wide / 2, gap], [gap + 1, -8], [-gap - wide - 1, -8], [-wide / 2, -gap - 16]];
      const boxes = ways.map(([x, y]) => [px + x, py + y, px + x + wide, py + y + 16]);
      const must = number < ALWAYS ? look !== "faded" : look === "self";
      boxes.sort((a, b) => isCut(a, frame) - isCut(b, frame));
      const box = boxes.find((found) => taken.isFree(found)) ?? (must ? boxes.find((found) => written.isFree(found)) : null);
      if (!box) return [];
      for (const room of [taken, written]) room.add(box);
      return [svg("text", { class: look, x: box[0].toFixed(1), y: (box[1] + 12).toFixed(1) }, name)];
    });
  }

  return { outlines, outline, size, place, paint, dress, thread, lay, names, signs };
})();
