"use strict";
// What is written over a column, as a test of its cells: words, numbers (> 3, 2..5) or days (> 2020-08, 2020..2021).
newsloom.sieve = (() => {
  const COMPARED = { ">": (a, b) => a > b, ">=": (a, b) => a >= b, "<": (a, b) => a < b, "<=": (a, b) => a <= b, "=": (a, b) => a === b };
  const NUMBER = /^(>=|<=|>|<|=)?\s*(-?\d+(?:\.\d+)?)\s*%?$/;
  const NUMBERS = /^(-?\d+(?:\.\d+)?)\s*\.\.\s*(-?\d+(?:\.\d+)?)\s*%?$/;
  const DAY = /^(>=|<=|>|<|=)?\s*(\d{4}(?:-\d\d(?:-\d\d)?)?)$/;
  const DAYS = /^(\d{4}(?:-\d\d(?:-\d\d)?)?)\s*\.\.\s*(\d{4}(?:-\d\d(?:-\d\d)?)?)$/;

  function words(given) {
    const wanted = given.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    return (cell) => {
      const text = `${cell.text} ${cell.note ?? ""}`.toLocaleLowerCase();
      return wanted.every((word) => text.includes(word));
    };
  }

  function number(given) {
    const [, sign = "=", value] = NUMBER.exec(given) ?? [];
    if (value !== undefined) return ({ sort }) => sort !== null && COMPARED[sign](sort, Number(value));
    const [, from, to] = NUMBERS.exec(given) ?? [];
    return from === undefined ? null : ({ sort }) => sort !== null && sort >= Number(from) && sort <= Number(to);
  }

  // A day is compared as far as it is given: 2020-08 is the whole month.
  function day(given) {
    const [, sign = "=", value] = DAY.exec(given) ?? [];
    if (value !== undefined) return ({ sort }) => sort !== null && COMPARED[sign](sort.slice(0, value.length), value);
    const [, from, to] = DAYS.exec(given) ?? [];
    if (from === undefined) return /^[<>=]/.test(given) ? null : words(given);
    return ({ sort }) => sort !== null && sort.slice(0, from.length) >= from && sort.slice(0, to.length) <= to;
  }

  const kinds = {
    text: { test: words, hint: "words" },
    number: { test: number, hint: "> 3, 2..5" },
    day: { test: day, hint: "> 2020-08" },
    list: { test: (given) => (NUMBER.test(given) || NUMBERS.test(given) ? number(given) : words(given)), hint: "words, > 1" },
  };

  // The test of cells {text, sort} of a kind; null where what is written is none.
  const sieve = (kind, given) => kinds[kind].test(given.trim());

  return { sieve, hint: (kind) => kinds[kind].hint };
})();
