"use strict";
// Which parts of a plane are taken, in a grid, so that a free one is found soon.
newsloom.Room = class {
  constructor(cell) {
    this.cell = cell;
    this.cells = new Map();
  }

  *keys([left, top, right, bottom]) {
    const of = (at) => Math.floor(at / this.cell);
    for (let x = of(left); x <= of(right); x += 1) for (let y = of(top); y <= of(bottom); y += 1) yield `${x} ${y}`;
  }

  add(box) {
    for (const key of this.keys(box)) (this.cells.get(key) ?? this.cells.set(key, []).get(key)).push(box);
  }

  isFree(box) {
    for (const key of this.keys(box)) {
      for (const other of this.cells.get(key) ?? []) {
        if (box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) return false;
      }
    }
    return true;
  }
};
