"use strict";
// The timeline as a drawing: what is in the window, at the places that the chart has for it.
newsloom.timelineDrawing = (() => {
  const { svg, look, words, chart, packing, moments } = newsloom;
  const NAMES = 140; // the width of the names of the lanes
  const SIZE = 12; // of the letters
  const dashes = { planned: "4 3", hypothetical: "1.5 2.5", alleged: "6 2 1.5 2", negated: "1.5 2.5" };

  const text = (x, y, told, colour, more = {}) => svg("text", { x, y, fill: colour, ...more }, told);

  // The words of the axis, where the chart has put them.
  function axis(box, { ink, soft }) {
    return [...box.querySelectorAll(".vis-time-axis.vis-foreground .vis-text:not(.vis-measure)")].map((label) => {
      const isMajor = label.classList.contains("vis-major");
      const place = label.getBoundingClientRect();
      const home = box.getBoundingClientRect();
      return text(place.left - home.left + 3, place.top - home.top + 15, label.textContent, isMajor ? ink : soft, isMajor ? { "font-weight": 600 } : {});
    });
  }

  function bar(moment, left, right, y, colour) {
    const [from, to] = [left, Math.max(left + packing.BAR, right)];
    const thick = moment.certain || moment.open ? 5 : 3;
    const shape = svg("rect", { x: from, y, width: to - from, height: thick, fill: moment.certain || moment.open ? colour : "none" });
    const broken = !moment.certain && !moment.open &&
      svg("line", { x1: from, x2: to, y1: y + 1.5, y2: y + 1.5, stroke: colour, "stroke-width": 3, "stroke-dasharray": "5 3" });
    const [x1, x2] = moment.open === "before" ? [from - packing.FADE, from] : [to, to + packing.FADE];
    const open = moment.open && svg("line", { x1, x2, y1: y + 2, y2: y + 2, stroke: colour, "stroke-width": 2, "stroke-dasharray": "2 4" });
    return [shape, broken, open];
  }

  function event(moment, place, y, theme) {
    const { node } = moment;
    const element = chart.chip(moment.id)?.closest(".vis-item");
    const [isFaded, isSelf] = ["faded", "self"].map((name) => Boolean(element?.classList.contains(name)));
    const colour = look.colour(node);
    const [left, right] = [place(moment.from), place(moment.to)];
    const start = Math.min(Math.max(left, place.left), Math.max(left, right - moment.width));
    const fill = isFaded ? theme.ground : look.mix(colour, theme.ground, isSelf ? 0.45 : 0.16);
    const tie = chart.chip(moment.id)?.firstChild.textContent;
    const name = words.fit(tie ? `${tie}: ${node.name}` : node.name, moments.FONT, moment.width - 12);
    return svg("g", { opacity: isFaded ? 0.6 : 1 },
      svg("rect", {
        x: start, y, width: moment.width, height: 18, rx: 3, fill, "stroke-dasharray": dashes[node.factuality],
        stroke: isSelf ? theme.ink : dashes[node.factuality] ? colour : "none",
      }),
      text(start + 6, y + 13, name, theme.ink, node.factuality === "negated" ? { "text-decoration": "line-through" } : {}),
      bar(moment, left, right, y + 19, colour));
  }

  function counted(count, place, y, theme) {
    const [left, right] = [place(count.from) + 2, place(count.to) - 2];
    return svg("g", {},
      svg("rect", { x: left, y: y + 1, width: right - left, height: 16, rx: 8, fill: "none", stroke: theme.soft, "stroke-opacity": 0.5 }),
      text((left + right) / 2, y + 13, `+${count.moments.length.toLocaleString("en")}`, theme.soft, { "text-anchor": "middle", "font-size": 11 }));
  }

  // One lane from `top` on: its elements and where it ends.
  function lane({ name, rows, counts }, top, place, theme, width) {
    const height = Math.max(rows.length * packing.ROW + (counts.length ? packing.COUNTS : 0), packing.EMPTY);
    const most = Math.max(1, Math.floor(height / 16));
    const own = [
      svg("line", { x1: 0, x2: width, y1: top, y2: top, stroke: theme.soft, "stroke-opacity": 0.4 }),
      ...words.fold(name, moments.FONT, NAMES - 12, most).map((line, at) => text(6, top + 15 + at * 15, line, theme.ink)),
    ];
    const drawn = rows.flatMap((row, at) => row.map((moment) => event(moment, place, top + at * packing.ROW + 1, theme)));
    drawn.push(...counts.map((count) => counted(count, place, top + rows.length * packing.ROW, theme)));
    return { own, drawn, bottom: top + height };
  }

  // The window as the text of an SVG file.
  function draw(box) {
    const theme = look.theme();
    const width = box.clientWidth;
    const body = chart.body().dom.centerContainer.getBoundingClientRect();
    const home = box.getBoundingClientRect();
    const [start, end] = chart.range();
    const first = body.left - home.left;
    const place = Object.assign((time) => first + ((time - start) / (end - start)) * body.width, { left: first });
    const [own, drawn] = [[], []];
    let top = body.top - home.top;
    for (const given of chart.layout().lanes) {
      const found = lane(given, top, place, theme, width);
      own.push(...found.own);
      drawn.push(...found.drawn);
      top = found.bottom;
    }
    const height = Math.ceil(top + 8);
    const root = svg("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}`, "font-family": "Arial, Helvetica, sans-serif", "font-size": SIZE },
      svg("clipPath", { id: "window" }, svg("rect", { x: first, y: 0, width: body.width, height })),
      svg("rect", { width, height, fill: theme.ground }),
      own,
      svg("g", { "clip-path": "url(#window)" }, axis(box, theme), drawn));
    return newsloom.picture.text(root);
  }

  return { draw };
})();
