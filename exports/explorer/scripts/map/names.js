"use strict";
// Names beside the circles of the map where they cover nothing; those that find no room are left to the pointer.
newsloom.mapNames = (() => {
  const { svg } = newsloom;
  const MOST = 400;
  const LONGEST = 26; // letters of a name
  const LETTERS = "12px system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";
  const HEIGHT = 16;
  const ruler = document.createElement("canvas").getContext("2d");

  function label({ node, events }) {
    const letters = Array.from(node.name.slice(0, 200).replace(/\p{M}{3,}/gu, ""));
    const name = letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join("")}…` : letters.join("");
    return events.length > 1 ? `${name} ${events.length}` : name;
  }

  // [spot, words, left, top] of each name that finds room; `taken` are boxes where none may stand, `at` says where a
  // circle is: [x, y, radius].
  function place(spots, at, taken = []) {
    ruler.font = LETTERS;
    const full = [...taken, ...spots.map((spot) => {
      const [x, y, radius] = at(spot);
      return [x - radius, y - radius, x + radius, y + radius];
    })];
    const isFree = ([left, top, right, bottom]) =>
      !full.some((other) => left < other[2] && other[0] < right && top < other[3] && other[1] < bottom);
    return spots.slice(0, MOST).flatMap((spot) => {
      const words = label(spot);
      const [x, y, radius] = at(spot);
      const [width, gap] = [ruler.measureText(words).width, radius + 4];
      const ways = [[gap, -8], [-gap - width, -8], [-width / 2, -gap - 14], [-width / 2, gap - 2]];
      const box = ways.map(([dx, dy]) => [x + dx, y + dy, x + dx + width, y + dy + HEIGHT]).find(isFree);
      if (!box) return [];
      full.push(box);
      return [{ spot, words, box }];
    });
  }

  const draw = ({ spot, words, box }) => svg("text", { class: spot.look, x: box[0].toFixed(1), y: (box[1] + 12).toFixed(1) }, words);

  return { place, draw };
})();
