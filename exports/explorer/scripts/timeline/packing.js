"use strict";
// Which events of a lane are drawn with their names, in which rows, so that none lies on another: where there is not room
// for all, those that matter most. The others are counted. The places hold for one scale and one stretch of time.
newsloom.packing = (() => {
  const { calendar } = newsloom;
  const ROW = 26; // pixels
  const COUNTS = 20; // the row of the counts
  const EMPTY = 22; // a lane with nothing in sight
  const PAD = 1; // between two lanes
  const GAP = 8; // between two events
  const BAR = 9; // the least width of a bar
  const FADE = 26; // where a bar has no end
  const COUNT = 46; // the least width of a count
  const MOST = 60; // rows of a lane
  const KEPT = 1e-3; // by so much what is drawn already matters more than what is not
  const WIDE = 900; // a bar that would fill the window is drawn when there is room left

  // A stretch of time, wide enough to hold every count in it whole.
  function stretch(start, end, scale) {
    const unit = calendar.unit(COUNT * scale);
    return [unit.start(start), unit.end(unit.start(end))];
  }

  // What an event takes, from where to where, in pixels from the start of 1970.
  function extent({ from, to, open, width }, scale) {
    const left = from / scale;
    const right = Math.max(left + BAR, to / scale) + (open === "after" ? FADE : 0);
    return [left - (open === "before" ? FADE : 0), Math.max(left + width, right) + GAP];
  }

  // Rows that hold everything in the order of time, or null where that takes more than `most`.
  function inTime(moments, scale, most, before) {
    const rows = [];
    const ends = [];
    for (const moment of moments) {
      const [left, right] = extent(moment, scale);
      const kept = before.get(moment.id);
      let row = ends[kept] <= left ? kept : ends.findIndex((end) => end <= left);
      if (row < 0) row = rows.push([]) - 1;
      if (row >= most) return null;
      rows[row].push(moment);
      ends[row] = right;
    }
    return rows;
  }

  // The first place in a row that starts behind `left`.
  function after(row, left) {
    let [low, high] = [0, row.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (row[middle].left < left) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function put(rows, moment, scale, kept) {
    const [left, right] = extent(moment, scale);
    for (const row of rows[kept] ? [rows[kept], ...rows] : rows) {
      const at = after(row, left);
      if (row[at]?.left < right || row[at - 1]?.right > left) continue;
      row.splice(at, 0, { left, right, moment });
      return true;
    }
    return false;
  }

  // The events that matter most, in so many rows, and the rest of them.
  function byImportance(moments, { scale, before }, count, wanted) {
    const rank = ({ id, from, to, node }) => {
      const weight = node.importance + (before.has(id) ? KEPT : 0);
      return (wanted.has(id) ? -1e9 : (to - from) / scale > WIDE ? 1e9 : 0) - weight;
    };
    const rows = Array.from({ length: count }, () => []);
    const ranked = moments.map((moment) => [rank(moment), moment]).sort(([a], [b]) => a - b);
    const rest = ranked.map(([, moment]) => moment).filter((moment) => !put(rows, moment, scale, before.get(moment.id)));
    return { rows: rows.map((row) => row.map(({ moment }) => moment)), rest };
  }

  // Those without a place, together by days, months or years; what began before `first` and may be later is counted there.
  function counted(rest, scale, first) {
    const unit = calendar.unit(COUNT * scale);
    const counts = new Map();
    for (const moment of rest) {
      const from = unit.start(moment.from < first && moment.to > first ? first : moment.from);
      const found = counts.get(from) ?? counts.set(from, { from, to: unit.end(from), name: unit.name(from), moments: [] }).get(from);
      found.moments.push(moment);
    }
    return [...counts.values()];
  }

  // How many rows each lane gets of a height: one more for those with the fewest, until it is used up.
  function share(needs, height) {
    const rows = needs.map((need) => Math.min(1, need));
    const cost = () => rows.reduce((sum, count, lane) => sum + (needs[lane] ? PAD : EMPTY) + count * ROW + (needs[lane] > count ? COUNTS : 0), 0);
    for (;;) {
      const open = [...rows.keys()].filter((lane) => needs[lane] > rows[lane]).sort((a, b) => rows[a] - rows[b] || a - b);
      const fits = open.some((lane) => {
        rows[lane] += 1;
        if (cost() <= height) return true;
        rows[lane] -= 1;
        return false;
      });
      if (!fits) return rows;
    }
  }

  // The rows of each lane, {rows, counts}, for a scale in milliseconds a pixel. `wanted` are ids that are drawn before any
  // other, `opened` lanes that show all they have, `first` is where one begins to see, `before` the rows (id -> number) that
  // are kept if they can be.
  function pack(lanes, given) {
    const { scale, height, wanted, opened, first, before } = given;
    const all = lanes.map((moments) => inTime(moments, scale, MOST, before));
    const needs = all.map((rows) => rows?.length ?? MOST);
    const counts = share(needs, height).map((count, lane) => (opened.has(lane) ? needs[lane] : count));
    return lanes.map((moments, lane) => {
      if (all[lane] && counts[lane] >= needs[lane]) return { rows: all[lane], counts: [] };
      let found = byImportance(moments, given, counts[lane], new Set());
      if (found.rest.some(({ id }) => wanted.has(id))) found = byImportance(moments, given, counts[lane], wanted);
      return { rows: found.rows, counts: counted(found.rest, scale, first) };
    });
  }

  return { pack, stretch, extent, ROW, COUNTS, EMPTY, BAR, FADE };
})();
