"use strict";
// The rows of a table in the wanted order, and those that are left by the page's filters and by the fields over the columns.
newsloom.rows = (() => {
  const { columns, sieve } = newsloom;
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  let tables; // name of a table -> {rows, cells: one Map of row -> cell for each column}

  function load() {
    columns.load();
    tables = new Map();
  }

  function table(name) {
    if (!tables.has(name)) {
      tables.set(name, { rows: columns.rows[name](), cells: columns.tables[name].columns.map(() => new Map()) });
    }
    return tables.get(name);
  }

  const make = {
    text: (value) => ({ text: value, sort: value || null, value }),
    number: (value) => ({ text: value === null || value === undefined ? "" : String(value), sort: value ?? null, value: value ?? null }),
    day: (value, shown, note) => ({ text: shown ?? value ?? "", note, sort: value, value: shown ?? value ?? "" }),
    list: (value) => ({ text: value.join("; "), sort: value.length || null, value: value.join("; ") }),
  };

  // What stands in a column of a row: its text, what it is sorted by (null where it is empty), and its value in a file.
  function cell(name, at, row) {
    const known = table(name).cells[at];
    if (!known.has(row)) {
      const { kind, get, shown, note } = columns.tables[name].columns[at];
      known.set(row, make[kind](get(row), shown?.(row), note?.(row)));
    }
    return known.get(row);
  }

  const compare = (a, b) => (typeof a === "number" ? a - b : collator.compare(a, b));

  // The rows by a column, those where it is empty at the end.
  function sorted(name, order) {
    const { rows } = table(name);
    if (!order) return rows;
    const keys = rows.map((row, place) => ({ row, place, key: cell(name, order.at, row).sort }));
    const way = order.down ? -1 : 1;
    keys.sort((a, b) => (a.key === null) - (b.key === null) || (a.key === null ? 0 : way * compare(a.key, b.key)) || a.place - b.place);
    return keys.map(({ row }) => row);
  }

  // {rows, wrong}: what is left of the rows, and the columns whose field says nothing that can be understood.
  function left(name, rows, fields) {
    const tests = [];
    const wrong = [];
    fields.forEach((given, at) => {
      if (!given?.trim()) return;
      const test = sieve.sieve(columns.tables[name].columns[at].kind, given);
      if (test) tests.push((row) => test(cell(name, at, row)));
      else wrong.push(at);
    });
    const isShown = columns.isShown(name);
    return { rows: rows.filter((row) => isShown(row) && tests.every((test) => test(row))), wrong };
  }

  // A table as rows of values, its head first, as they go into a file.
  function values(name, rows) {
    const all = columns.tables[name].columns;
    return [all.map(({ title }) => title), ...rows.map((row) => all.map((_, at) => cell(name, at, row).value))];
  }

  return { load, all: (name) => table(name).rows, sorted, left, cell, values };
})();
