"use strict";
// When the events of the part happened, as the timeline needs it: a stretch from the first to the last possible day.
newsloom.moments = (() => {
  const { data, calendar, words } = newsloom;
  const FONT = words.font(12);
  const WIDEST = 210; // of a label, in pixels
  const AROUND = 16; // its border and padding
  const measure = (text) => words.width(text, FONT);

  const size = (name) => Math.min(WIDEST, Math.ceil(measure(name.slice(0, 60)) * 1.02) + AROUND);

  // {id, node, lane, from, to, open, certain, plain, width}: `to` is the end of the last day; `open` the side on which no day is
  // known; `width` what the name takes in pixels now, `plain` without anything beside it. Null where no day is known at all.
  function moment(node, lane) {
    const days = [node.earliest, node.latest].map((day) => (day ? data.number(day) : null));
    const known = days.filter((day) => day !== null);
    if (!known.length) return null;
    const width = size(node.name);
    const [first, last] = [Math.min(...known), Math.max(...known)];
    return {
      id: node.id,
      node,
      lane,
      from: first * calendar.DAY,
      to: (last + 1) * calendar.DAY,
      open: days[0] === null ? "before" : days[1] === null ? "after" : null,
      certain: known.length === 2 && first === last,
      plain: width,
      width,
    };
  }

  // The lanes of the part with the moments of their events in time, and the events of which no day is known.
  function find() {
    const lanes = data.lanes.map(({ name, events }, lane) => ({
      name,
      moments: events.map((id) => moment(data.nodes.get(id), lane)).filter(Boolean).sort((a, b) => a.from - b.from || a.to - b.to),
    }));
    const dated = new Map(lanes.flatMap(({ moments }) => moments.map((one) => [one.id, one])));
    return { lanes, dated, undated: data.events.filter((node) => !dated.has(node.id)) };
  }

  // What an event is, when, and with what status, in words.
  function told(node) {
    const status = node.factuality === "asserted" ? null : words.statuses[node.factuality];
    return [node.name, node.date ?? "no day known", status].filter(Boolean).join(", ");
  }

  return { find, told, FONT };
})();
