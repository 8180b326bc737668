"use strict";
// The lanes on the screen: vis-timeline, given only what is in sight, one of its groups for each row. Names are elements
// with text, never markup.
newsloom.chart = (() => {
  const { data, state, el, look, views, moments, packing } = newsloom;
  const BESIDE = 0.25; // of the window, on both sides: drawn, too, so that nothing changes while one pans a little
  const LEAST = 3 * newsloom.calendar.DAY;
  const MOST = 3000 * 365 * newsloom.calendar.DAY;
  const TIE = 40; // pixels for the word "cause" or "effect"
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const chips = new Map(); // id -> the element with the name
  let vis, chart, items, groups, box;
  let layout = null; // {lanes: [{name, rows, counts}], scale}
  let widened = []; // moments with room for the word that ties them to the selected event
  let drawn = [0, 0]; // the stretch that was packed

  const sizes = () => chart.dom.centerContainer.getBoundingClientRect();
  const range = () => {
    const { start, end } = chart.getWindow();
    return [start.getTime(), end.getTime()];
  };
  const scale = () => {
    const [start, end] = range();
    return (end - start) / Math.max(100, sizes().width);
  };

  // The words of the axis; the 31st stands too near to the 1st where not every day has a word.
  function axisWords(date, unit, length) {
    if (unit === "day" && length > 1 && date.date() > 30) return "";
    return date.format({ year: "YYYY", month: "MMM", weekday: "ddd D" }[unit] ?? "D");
  }

  // Between the scales of days and of months, on which the chart's own axis says little.
  function ruleAxis() {
    const day = newsloom.calendar.DAY / scale();
    chart.timeAxis.setOptions({ timeAxis: day > 7 && day < 17 ? { scale: "day", step: 5 } : null });
  }

  const options = () => ({
    height: "100%",
    stack: false,
    selectable: false,
    editable: false,
    showCurrentTime: false,
    showTooltips: false,
    orientation: { axis: "top", item: "top" },
    margin: { axis: 0, item: { horizontal: 0, vertical: 0 } },
    groupOrder: "order",
    moment: (date) => vis.moment(date).utc(),
    zoomMin: LEAST,
    zoomMax: MOST,
    align: "left",
    maxMinorChars: 5,
    format: { minorLabels: axisWords, majorLabels: { weekday: "MMMM YYYY", day: "MMMM YYYY", month: "YYYY", year: "" } },
  });

  async function begin(element, onChange) {
    vis = await newsloom.library("vis-timeline");
    box = element;
    items = new vis.DataSet();
    groups = new vis.DataSet();
    chart = new vis.Timeline(element, items, groups, options());
    await new Promise((resolve) => chart.on("changed", resolve)); // only then it looks where it is told
    const list = chart.itemSet.dom.frame;
    for (const [name, value] of Object.entries({ role: "listbox", tabindex: 0, id: "moments", "aria-label": "Events along time" })) {
      list.setAttribute(name, value);
    }
    chart.on("rangechange", () => {
      ruleAxis();
      onChange(false);
    });
    chart.on("rangechanged", () => onChange(true));
    chart.on("click", ({ item }) => {
      if (item?.startsWith("count ")) newsloom.timeline.open(items.get(item).count);
      else if (item) newsloom.select(item.slice(6));
    });
    element.addEventListener("mouseover", hover);
    element.addEventListener("mouseout", views.unhover);
    return list;
  }

  function hover(event) {
    const item = event.target.closest?.(".vis-item");
    if (!item) return;
    const { left, top } = box.parentNode.getBoundingClientRect();
    views.hover(item.querySelector("[aria-label]").getAttribute("aria-label"), { x: event.clientX - left, y: event.clientY - top });
  }

  // The rows that events have now, as long as the scale stays.
  function placed(wanted) {
    if (!layout || Math.abs(layout.scale / wanted - 1) > 0.001) return new Map();
    return new Map(layout.lanes.flatMap(({ rows }) => rows.flatMap((row, at) => row.map(({ id }) => [id, at]))));
  }

  // Packs what lies in the window and a little beside it, and gives it to the chart.
  function arrange(lanes, { wanted, opened }) {
    const [start, end] = range();
    const beside = (end - start) * BESIDE;
    const axis = chart.dom.top.getBoundingClientRect().height;
    const given = { scale: scale(), height: Math.max(160, box.clientHeight - axis - 4), wanted, opened };
    drawn = packing.stretch(start - beside, end + beside, given.scale);
    for (const moment of widened) moment.width = moment.plain;
    widened = lanes.flatMap((lane) => lane.moments.filter(({ id }) => wanted.has(id)));
    for (const moment of widened) moment.width = moment.plain + TIE;
    const isIn = ({ from, to, width }) => Math.max(to, from + width * given.scale) > drawn[0] && from < drawn[1];
    const packed = packing.pack(lanes.map((lane) => lane.moments.filter(isIn)), { ...given, first: start + 30 * given.scale, before: placed(given.scale) });
    layout = { scale: given.scale, lanes: packed.map((found, at) => ({ ...found, name: lanes[at].name, number: lanes[at].number })) };
    set(groups, new Map(layout.lanes.flatMap(rowsOf).map((group) => [group.id, group])));
    fill();
  }

  // Sets what a data set holds, touching only what differs.
  function set(dataset, wanted) {
    const gone = dataset.getIds().filter((id) => !wanted.has(id));
    if (gone.length) dataset.remove(gone);
    const changed = [...wanted.values()].filter((entry) => dataset.get(entry.id)?.key !== entry.key);
    if (changed.length) dataset.update(changed);
  }

  function rowsOf(lane) {
    const kinds = [...lane.rows.map(() => "tier"), ...(lane.counts.length ? ["tier tallies"] : [])];
    if (!kinds.length) kinds.push("tier empty");
    return kinds.map((kind, row) => {
      const className = row ? kind : `${kind} first`;
      return { id: `${lane.number} ${row}`, order: lane.number * 1000 + row, className, content: row ? el("span") : title(lane, kinds.length), key: `${className} ${row ? "" : kinds.length}` };
    });
  }

  const title = (lane, rows) =>
    el("button", { type: "button", class: "lane", style: { "--rows": rows }, title: `${lane.name}: show all of it`, onclick: () => newsloom.timeline.openLane(lane.number) },
      el("bdi", {}, lane.name));

  function fill() {
    const wanted = new Map();
    const near = nearest();
    for (const lane of layout.lanes) {
      lane.rows.forEach((row, at) => {
        for (const moment of row) wanted.set(`event ${moment.id}`, event(moment, `${lane.number} ${at}`, near));
      });
      for (const count of lane.counts) wanted.set(`count ${lane.number} ${count.from}`, counted(count, lane));
    }
    set(items, wanted);
    box.dataset.items = wanted.size;
  }

  // The direct causes and effects of the selected event.
  function nearest() {
    if (state.selected?.kind !== "node") return new Map();
    const { id } = state.selected;
    return new Map([...data.effectsOf(id).map((step) => [step.id, "effect"]), ...data.causesOf(id).map((step) => [step.id, "cause"])]);
  }

  function event(moment, group, near) {
    const { node } = moment;
    const focus = state.focus?.get(node.id);
    const isFaded = (state.focus && !focus) || (state.matches && !state.matches.has(node.id));
    const isWide = (moment.to - moment.from) / layout.scale > moment.width + 16;
    const names = [
      "event", node.factuality, moment.certain ? "certain" : "uncertain", moment.open && `open-${moment.open}`, isWide && "wide",
      focus, isFaded && "faded", state.matches?.has(node.id) && "found", state.pinned.has(node.id) && "pinned",
    ];
    const className = names.filter(Boolean).join(" ");
    const colour = look.colour(node);
    mark(moment, focus === "self", near.get(node.id));
    return {
      id: `event ${node.id}`, group, className, content: chip(moment), start: moment.from, end: moment.to, type: "range",
      style: `--colour: ${/^#[0-9a-f]{6}$/i.test(colour) ? colour : "var(--event)"}`, align: isWide ? "auto" : "left",
      key: `${group} ${className}`,
    };
  }

  function chip(moment) {
    const made = () => el("div", { class: "moment", role: "option", id: `moment-${data.order.get(moment.id)}`, "data-id": moment.id },
      el("small", {}), el("bdi", {}, moment.node.name));
    return chips.get(moment.id) ?? chips.set(moment.id, made()).get(moment.id);
  }

  function mark(moment, isSelected, tie) {
    const element = chip(moment);
    element.setAttribute("aria-selected", String(isSelected));
    element.setAttribute("aria-label", [moments.told(moment.node), tie && `${tie} of the selected event`, state.pinned.has(moment.id) && "pinned"].filter(Boolean).join(", "));
    element.firstChild.textContent = tie ?? "";
    element.style.width = `${moment.width}px`;
  }

  function counted(count, lane) {
    const number = count.moments.length;
    const words = `${number.toLocaleString("en")} more: ${count.name}, ${lane.name}`;
    const content = el("div", { class: "more", role: "option", "aria-label": words }, `+${number.toLocaleString("en")}`);
    const id = `count ${lane.number} ${count.from}`;
    return {
      id, group: `${lane.number} ${lane.rows.length}`, className: "tally", content, start: count.from, end: count.to, type: "range",
      align: "left", count: { ...count, lane: lane.number }, key: `${count.to} ${number} ${lane.rows.length}`,
    };
  }

  function isCovered() {
    const [start, end] = range();
    return start >= drawn[0] && end <= drawn[1];
  }

  function lookAt(start, end, isJump = still.matches) {
    const length = Math.min(MOST, Math.max(LEAST, end - start));
    const middle = (start + end) / 2;
    chart.setWindow(middle - length / 2, middle + length / 2, { animation: isJump ? false : { duration: 250 } });
  }

  return {
    begin, arrange, range, scale, isCovered, lookAt,
    forget: () => {
      layout = null;
      chips.clear();
      if (items) items.clear();
      if (groups) groups.clear();
    },
    ready: () => Boolean(chart),
    layout: () => layout,
    chip: (id) => chips.get(id),
    body: () => chart,
  };
})();
