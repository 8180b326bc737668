"use strict";
// The map under the pointer: dragged, zoomed by the wheel or by two fingers, clicked.
newsloom.mapMoving = (() => {
  const DRAG = 4; // pixels that a click may slip

  // Follows the pointers over a picture: `at` says where one is.
  function follow(picture, { pan, zoom, choose, at }) {
    const held = new Map(); // pointers that are down -> where they are
    let way = 0;
    const span = () => (held.size === 2 ? Math.hypot(...[0, 1].map((axis) => [...held.values()].reduce((a, b) => a[axis] - b[axis]))) : 0);
    picture.addEventListener("pointerdown", (event) => {
      if (!held.size) way = 0;
      held.set(event.pointerId, at(event));
    });
    picture.addEventListener("pointermove", (event) => {
      const last = held.get(event.pointerId);
      if (!last) return;
      const [now, before] = [at(event), span()];
      held.set(event.pointerId, now);
      way += Math.hypot(now[0] - last[0], now[1] - last[1]);
      if (way < DRAG) return;
      picture.setPointerCapture(event.pointerId);
      newsloom.views.unhover();
      if (before) zoom(span() / before, now);
      else pan(now[0] - last[0], now[1] - last[1]);
    });
    for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, (event) => held.delete(event.pointerId));
    picture.addEventListener("click", (event) => way < DRAG && choose(event.target));
    picture.addEventListener("wheel", (event) => {
      event.preventDefault();
      newsloom.views.unhover();
      zoom(2 ** (-event.deltaY / (event.deltaMode ? 10 : 300)), at(event));
    }, { passive: false });
  }

  return { follow };
})();
