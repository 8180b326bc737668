"use strict";
// Names beside the circles of the map where they cover nothing; those that find no room are left to the pointer.
newsloom.mapNames = (() => {
  const { svg, words } = newsloom;
  const MOST = 400;
  const LONGEST = 26; // letters of a name
  const FONT = words.font(12);
  const HEIGHT = 16;
  const CELL = 60; // pixels

  function label({ node, events }) {
    const name = words.cut(node.name.slice(0, 200).replace(/\p{M}{3,}/gu, ""), LONGEST);
    return events.length > 1 ? `${name} ${events.length}` : name;
  }

  // {spot, name, box} of each name that finds room within a frame; `covered` are boxes where none may stand, `at` says where a
  // circle is: [x, y, radius].
  function place(spots, at, frame, covered = []) {
    const taken = new newsloom.Room(CELL);
    for (const box of covered) taken.add(box);
    for (const spot of spots) {
      const [x, y, radius] = at(spot);
      taken.add([x - radius, y - radius, x + radius, y + radius]);
    }
    const isWithin = ([left, top, right, bottom]) => left >= frame[0] && top >= frame[1] && right <= frame[2] && bottom <= frame[3];
    return spots.slice(0, MOST).flatMap((spot) => {
      const name = label(spot);
      const [x, y, radius] = at(spot);
      const [width, gap] = [words.width(name, FONT), radius + 4];
      const ways = [[gap, -8], [-gap - width, -8], [-width / 2, -gap - 14], [-width / 2, gap - 2]];
      const boxes = ways.map(([dx, dy]) => [x + dx, y + dy, x + dx + width, y + dy + HEIGHT]);
      const box = boxes.find((one) => isWithin(one) && taken.isFree(one));
      if (!box) return [];
      taken.add(box);
      return [{ spot, name, box }];
    });
  }

  const draw = ({ spot, name, box }) => svg("text", { class: spot.look, x: box[0].toFixed(1), y: (box[1] + 12).toFixed(1) }, name);

  return { place, draw };
})();
