"use strict";
// Behind the graph: bands, lanes and the columns of dates. Their names stay in sight while one pans.
newsloom.background = (() => {
  const { data, state, look } = newsloom;
  const { theme } = look;
  const bandLooks = {
    actor: ["Actors", "#eef5fb", "#172531"],
    place: ["Places", "#edf7f3", "#162a25"],
    article: ["Articles", "#f2f2f2", "#23262b"],
  };
  const WIDE = 80; // a date of several stacks of events is drawn as a stretch, not as one line
  const laneLooks = [["#faf8f5", "#1a1e26"], ["#f5f2ec", "#1e222b"]];

  function attach(network) {
    network.on("beforeDrawing", (context) => behind(context, sight(network)));
    network.on("afterDrawing", (context) => before(context, sight(network)));
  }

  // Bands, lanes and the lines of dates, below the graph.
  function behind(context, seen) {
    const { bands, columns, axis } = data.view.layout;
    const { lanes } = data;
    const { index } = theme();
    for (const band of bands) {
      if (state.kinds[band.kind]) area(context, seen, band, bandLooks[band.kind][1 + index]);
    }
    lanes.forEach((lane, number) => area(context, seen, lane, laneLooks[number % 2][index]));
    gridlines(context, index, columns, lanes, axis);
  }

  // Their names, above it.
  function before(context, seen) {
    const { bands, columns, axis } = data.view.layout;
    const t = theme();
    for (const band of bands) {
      if (state.kinds[band.kind]) caption(context, seen, bandLooks[band.kind][0], band, t);
    }
    for (const lane of data.lanes) caption(context, seen, lane.name, lane, t);
    dates(context, seen, t, columns, axis);
  }

  // What of the drawing is seen, and how large.
  function sight(network) {
    const { clientWidth, clientHeight } = network.body.container;
    const from = network.DOMtoCanvas({ x: 0, y: 0 });
    const to = network.DOMtoCanvas({ x: clientWidth, y: clientHeight });
    return { left: from.x, top: from.y, right: to.x, bottom: to.y, scale: network.getScale() };
  }

  // The stretch of x of a band or lane, as far as it is in sight.
  function stretch(seen, { left = null, right = null }) {
    const inset = 5 / seen.scale;
    return [Math.max(seen.left + inset, left === null ? -Infinity : left + 3), Math.min(seen.right - inset, right === null ? Infinity : right - 3)];
  }

  function area(context, seen, place, colour) {
    const [left, right] = stretch(seen, place);
    if (right <= left) return;
    context.fillStyle = colour;
    context.fillRect(left, place.top, right - left, place.bottom - place.top);
  }

  function gridlines(context, index, columns, lanes, axis) {
    if (!lanes.length) return;
    context.strokeStyle = ["#e6ddd0", "#2c323d"][index];
    context.lineWidth = 1;
    context.beginPath();
    for (const { left, right } of columns) {
      const wide = right - left > WIDE;
      if (wide) {
        context.moveTo(left, axis[1] - 6);
        context.lineTo(right, axis[1] - 6);
      }
      for (const x of wide ? [left, right] : [(left + right) / 2]) {
        context.moveTo(x, axis[1] - 6);
        context.lineTo(x, lanes.at(-1).bottom);
      }
    }
    context.stroke();
  }

  const letters = (context, seen, weight, least) => {
    const size = Math.max(11, least / seen.scale);
    context.font = `${weight} ${size}px system-ui, sans-serif`;
    return size;
  };

  function caption(context, seen, text, place, t) {
    const [left, right] = stretch(seen, place);
    if (right <= left) return;
    const size = letters(context, seen, 600, 10);
    context.textAlign = "left";
    context.textBaseline = "top";
    context.fillStyle = t.soft;
    context.save();
    context.beginPath();
    context.rect(left, place.top, right - left, size * 2);
    context.clip();
    context.fillText(text, left + 7 / seen.scale, place.top + size * 0.35);
    context.restore();
  }

  // Labels in two rows, those that would overlap left out; at the top edge when the axis is out of sight.
  function dates(context, seen, t, columns, axis) {
    if (!columns.length) return;
    const size = letters(context, seen, 400, 10);
    const height = axis[1] - axis[0];
    const top = Math.max(axis[0], seen.top);
    if (top > axis[0]) {
      context.fillStyle = t.ground;
      context.globalAlpha = 0.88;
      context.fillRect(seen.left, top, seen.right - seen.left, size * 2.9);
      context.globalAlpha = 1;
    }
    context.textAlign = "center";
    context.textBaseline = "middle";
    const ends = [-Infinity, -Infinity];
    for (const { label, left, right, dated } of columns) {
      const half = context.measureText(label).width / 2;
      const x = Math.min(Math.max((left + right) / 2, seen.left + half + size), Math.max(right - half, (left + right) / 2));
      const row = ends.findIndex((end) => x - half > end + size * 0.6);
      if (row < 0) continue;
      ends[row] = x + half;
      context.fillStyle = dated ? t.dates : t.soft;
      const y = top > axis[0] ? top + size * (0.9 + row * 1.2) : top + height * (row ? 0.7 : 0.3);
      context.fillText(label, x, y);
    }
  }

  return { attach, behind, before, sight };
})();
