"use strict";
// Rows as comma-separated values (RFC 4180), for a spreadsheet: in UTF-8 with a byte order mark, without which Excel
// reads another encoding. A text that would be run as a formula gets an apostrophe in front; figures stay figures.
newsloom.csv = (() => {
  const MARK = "\u{feff}";
  const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

  function cell(value) {
    if (value === null || value === undefined) return "";
    if (typeof value === "number") return String(value);
    const text = FORMULA.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  const write = (rows) => MARK + rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");

  return { write };
})();
