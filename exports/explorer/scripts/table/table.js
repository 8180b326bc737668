"use strict";
// The view for those who cannot see a canvas, and for whoever wants lists: everything in tables, sorted and filtered.
newsloom.table = (() => {
  const { data, state, el, columns, rows, sieve } = newsloom;
  const PAGE = 100; // rows at once
  const MOST_PRINTED = 2000;
  const WAIT = 150; // milliseconds after a letter
  const PICKED = ["event", "actor", "place"]; // tables whose rows can be picked

  const told = el("p", { class: "told", role: "status" });
  const tabs = el("div", { class: "tabs", role: "group", "aria-label": "Tables" });
  const move = (words, label, act) => el("button", { type: "button", "aria-label": label, title: label, onclick: act }, words);
  const buttons = {
    first: move("«", "First rows", () => turn(0)),
    before: move("‹", "Rows before", () => turn(page - 1)),
    after: move("›", "Rows after", () => turn(page + 1)),
    last: move("»", "Last rows", () => turn(pages() - 1)),
  };
  const reset = el("button", { type: "button", onclick: () => clean() }, "Clear fields");
  const save = el("button", { type: "button", title: "Download the rows that are left", onclick: () => download() }, "CSV");
  const head = el("thead");
  const body = el("tbody");
  const caption = el("caption");
  const room = el("div", { class: "room", tabindex: 0, role: "region", "aria-label": "Rows" }, el("table", {}, caption, head, body));
  const element = el("section", { id: "table", "aria-label": "Table" },
    el("div", { class: "bar" }, tabs, told, reset, el("div", { class: "pages", role: "group", "aria-label": "Pages" }, Object.values(buttons)), save),
    room);

  let name = "event";
  let page = 0;
  let order = null; // {at, down}: the column that rows are sorted by
  let fields = []; // what is written over the columns
  let all = []; // every row in order
  let left = []; // those that the filters leave
  let shown = null; // the rows on the page, as they were last written
  let selected = null; // what was selected when the rows were written
  let waiting;

  const pages = () => Math.max(1, Math.ceil(left.length / PAGE));
  const definition = () => columns.tables[name];
  const columnsShown = () => columns.shown(name);
  const canPick = () => PICKED.includes(name);

  // The id of the edge that a relation is part of.
  function edgeOf(id) {
    for (const edge of data.edges.values()) if (edge.relations.includes(id)) return edge.id;
    return null;
  }

  function choose(row) {
    if (name === "relation") chooseLine(row);
    else if (name !== "sentence") newsloom.select(row.id);
    else {
      const best = row.nodes.find((id) => data.order.has(id) && state.visible.has(id)) ?? row.nodes[0];
      if (best) newsloom.select(best);
      else if (row.relations.length) chooseLine(data.relations.get(row.relations[0]));
    }
  }

  function chooseLine(relation) {
    const edge = edgeOf(relation.id);
    if (edge) newsloom.selectEdge(edge);
    else newsloom.select(relation.source);
  }

  // The test of whether a row is about what is selected.
  function isChosen() {
    const chosen = state.selected;
    if (!chosen) return () => false;
    const ids = new Set([chosen.id, chosen.other].filter(Boolean));
    if (name === "relation") {
      const relations = new Set(chosen.kind === "edge" ? data.edges.get(chosen.id)?.relations : []);
      return (row) => relations.has(row.id);
    }
    if (chosen.kind === "edge") return () => false;
    return name === "sentence" ? (row) => row.nodes.some((id) => ids.has(id)) : (row) => ids.has(row.id);
  }

  function arrow(at) {
    if (order?.at !== at) return "";
    return order.down ? " ▼" : " ▲";
  }

  function sortBy(at) {
    const first = ["number", "list"].includes(definition().columns[at].kind); // the largest first
    order = order?.at === at ? { at, down: !order.down } : { at, down: first };
    all = rows.sorted(name, order);
    page = 0;
    refresh();
    writeHead();
    head.querySelectorAll("th[scope] button")[at].focus();
  }

  function writeHead() {
    const wanted = columnsShown();
    const titles = wanted.map(({ title, kind, main }, at) => {
      const sort = order?.at === at ? (order.down ? "descending" : "ascending") : "none";
      return el("th", { scope: "col", class: [kind, main ? "main" : ""].join(" "), "aria-sort": sort },
        el("button", { type: "button", onclick: () => sortBy(at) }, title, el("span", { "aria-hidden": "true" }, arrow(at))));
    });
    const inputs = wanted.map(({ title, kind, main }, at) => {
      const input = el("input", { type: "search", "aria-label": `Filter ${title}`, placeholder: sieve.hint(kind), autocomplete: "off", spellcheck: "false" });
      input.value = fields[at] ?? "";
      input.addEventListener("input", () => {
        fields[at] = input.value;
        clearTimeout(waiting);
        waiting = setTimeout(() => {
          page = 0;
          refresh();
        }, WAIT);
      });
      return el("td", { class: main ? "main" : "" }, input);
    });
    const pickAll = el("input", { type: "checkbox", class: "all", "aria-label": "Pick all rows that are left", onchange: ({ target }) => pick(left, target.checked) });
    head.replaceChildren(
      el("tr", {}, canPick() ? el("td", { class: "pick" }, pickAll) : null, titles),
      el("tr", { class: "fields" }, canPick() ? el("td", { class: "pick" }) : null, inputs));
  }

  function pick(some, on) {
    const picked = new Set(state.picked);
    for (const { id } of some) {
      if (on) picked.add(id);
      else picked.delete(id);
    }
    state.change({ picked });
  }

  const look = (row) => data.type(row) && el("span", { class: `dot ${row.kind}`, "aria-hidden": "true", style: row.kind === "event" ? { "--colour": data.type(row).colour } : {} });

  function writeCell(row, at) {
    const { kind, main, long } = definition().columns[at];
    const { text, note } = rows.cell(name, at, row);
    const words = el("div", { class: long ? "long" : "words" }, el("bdi", {}, text), note ? el("small", {}, note) : null);
    if (!main) return el("td", { class: kind }, text ? words : "");
    const open = el("button", { type: "button", class: "jump", onclick: () => choose(row) }, data.nodes.has(row.id) ? look(row) : null, el("bdi", {}, text));
    return el("th", { scope: "row", class: "main" }, el("div", { class: long ? "long" : "words" }, open));
  }

  function writeRow(row) {
    const box = canPick()
      ? el("td", { class: "pick" }, el("input", { type: "checkbox", "aria-label": `Pick ${row.name.slice(0, 80)}`, onchange: ({ target }) => pick([row], target.checked) }))
      : null;
    return el("tr", { "data-id": row.id }, box, columnsShown().map((_, at) => writeCell(row, at)));
  }

  function write(some) {
    const focused = body.contains(document.activeElement) ? document.activeElement.closest("tr").dataset.id : null;
    body.replaceChildren(...some.map(writeRow));
    shown = some;
    if (focused) rowOf(focused)?.querySelector("button")?.focus({ preventScroll: true });
  }

  const rowOf = (id) => [...body.children].find((row) => row.dataset.id === id);
  const isSame = (a, b) => a?.length === b.length && a.every((row, at) => row === b[at]);

  function mark() {
    const chosen = isChosen();
    shown.forEach((row, at) => {
      const line = body.children[at];
      const on = chosen(row);
      line.classList.toggle("chosen", on);
      line.classList.toggle("pinned", state.pinned.has(row.id));
      if (on) line.setAttribute("aria-current", "true");
      else line.removeAttribute("aria-current");
      const box = line.querySelector(".pick input");
      if (box) box.checked = state.picked.has(row.id);
    });
    const every = head.querySelector(".all");
    if (!every) return;
    const count = left.filter(({ id }) => state.picked.has(id)).length;
    every.checked = count > 0 && count === left.length;
    every.indeterminate = count > 0 && count < left.length;
  }

  function tell(wrong) {
    const whole = rows.all(name).length;
    const label = definition().label.toLowerCase();
    const from = page * PAGE;
    const count = left.length.toLocaleString("en");
    const rest = left.length < whole ? ` of ${whole.toLocaleString("en")}` : "";
    const range = left.length > PAGE ? `, rows ${(from + 1).toLocaleString("en")} to ${Math.min(from + PAGE, left.length).toLocaleString("en")}` : "";
    const off = name === "event" && !state.kinds.event ? " Events are switched off in the legend." : "";
    const unclear = wrong.map((at) => ` “${fields[at].trim()}” over ${definition().columns[at].title} is not understood: write ${sieve.hint(definition().columns[at].kind)}.`).join("");
    const part = newsloom.source.manifest.parts.length > 1 ? ` in the part “${data.view.title}”` : "";
    told.textContent = `${count}${rest} ${label}${part}${range}.${off}${unclear}`;
    caption.textContent = `${definition().label}: ${count}${rest}${range}`;
    head.querySelectorAll(".fields input:not([type=checkbox])").forEach((input, at) => {
      if (wrong.includes(at)) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    });
    reset.hidden = !fields.some((given) => given?.trim());
    buttons.first.disabled = buttons.before.disabled = page === 0;
    buttons.last.disabled = buttons.after.disabled = page >= pages() - 1;
  }

  // What is selected elsewhere is brought into sight: its page is opened, and it is scrolled to.
  function seek() {
    const now = JSON.stringify(state.selected);
    const isNew = now !== selected;
    selected = now;
    if (!isNew || !state.selected) return false;
    const at = left.findIndex(isChosen());
    if (at < 0) return false;
    if (!shown || !shown.some(isChosen())) page = Math.floor(at / PAGE);
    return true;
  }

  function refresh() {
    const { rows: found, wrong } = rows.left(name, all, fields);
    left = found;
    const sought = seek();
    page = Math.min(page, pages() - 1);
    const wanted = left.slice(page * PAGE, (page + 1) * PAGE);
    if (!isSame(shown, wanted)) write(wanted);
    mark();
    tell(wrong);
    if (sought) body.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function turn(to) {
    page = Math.max(0, Math.min(pages() - 1, to));
    refresh();
    room.scrollTop = 0;
  }

  function clean() {
    fields = [];
    page = 0;
    refresh();
    writeHead();
    mark();
    head.querySelector(".fields input:not([type=checkbox])").focus();
  }

  function openTable(wanted) {
    name = wanted;
    [page, order, fields, shown] = [0, null, [], null];
    all = rows.sorted(name, order);
    for (const tab of tabs.children) tab.setAttribute("aria-pressed", String(tab.dataset.name === name));
    element.dataset.name = name;
    selected = null;
    writeHead();
    refresh();
    room.scrollTo(0, 0);
    if (selected) body.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function download() {
    const file = newsloom.csv.write(rows.values(name, left));
    newsloom.saving.giveText(file, "text/csv", `newsloom-${definition().label.toLowerCase()}.csv`);
  }

  function load() {
    rows.load();
    shown = null;
    tabs.replaceChildren(...Object.entries(columns.tables).map(([wanted, { label }]) =>
      el("button", { type: "button", "data-name": wanted, onclick: () => openTable(wanted) }, label)));
  }

  // A node of another kind opens its table.
  function show(id) {
    const kind = data.nodes.get(id)?.kind;
    if (kind && kind !== name && name !== "sentence" && columns.tables[kind]) openTable(kind);
  }

  // To the row over or under the selected one.
  function step(by) {
    const at = left.findIndex(isChosen());
    const next = left[at < 0 ? page * PAGE : at + by];
    if (next) choose(next);
  }

  function printing() {
    window.addEventListener("beforeprint", () => {
      if (element.inert) return;
      write(left.slice(0, MOST_PRINTED));
      const rest = left.length - MOST_PRINTED;
      caption.textContent = `${definition().label}: ${left.length.toLocaleString("en")}` +
        (rest > 0 ? `, of which the first ${MOST_PRINTED.toLocaleString("en")} are printed; the CSV file has all` : "");
    });
    window.addEventListener("afterprint", () => element.inert || refresh());
  }

  body.addEventListener("click", ({ target }) => {
    if (target.closest("button, input, .pick") || String(getSelection())) return;
    const line = target.closest("tr");
    if (line) choose(shown[[...body.children].indexOf(line)]);
  });
  printing();

  const open = () => (shown ? null : openTable(name));
  const keys = { ArrowDown: () => step(1), ArrowUp: () => step(-1) };
  const help = [["ArrowUp", "to the row above the selected one"], ["ArrowDown", "to the row below"]];
  return { label: "Table", key: "6", element, load, open, refresh: () => shown && refresh(), fit: () => room.scrollTo(0, 0), show, keys, help, rows: () => left };
})();
newsloom.views.add("table", newsloom.table);
