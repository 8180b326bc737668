"use strict";
// The map as paths and as a picture that stands alone.
newsloom.mapDrawing = (() => {
  const { world } = newsloom;

  // The way of each line, from steps of whole units to the projection.
  function outlines(packed, end, down) {
    const ways = packed.split(";").map((line) => {
      let [x, y] = [0, 0];
      const points = line.split(" ").map((step) => {
        const [dx, dy] = step.split(",").map(Number);
        [x, y] = [x + dx, y + dy];
        return `${(x * world.step).toFixed(2)} ${down(y * world.step).toFixed(2)}`;
      });
      return `M${points.join("L")}${end}`;
    });
    return ways.join("");
  }

  const STYLED = ["background-color", "fill", "fill-rule", "stroke", "stroke-width", "stroke-dasharray", "vector-effect", "paint-order", "opacity", "font", "display"];
  const ACTIVE = ["role", "tabindex", "aria-pressed", "aria-label", "data-id", "data-spot"]; // of buttons, not of a picture

  // The map as a picture: what the page's style says is written into a copy.
  function text(picture, [width, height], words) {
    const copy = picture.cloneNode(true);
    const [own, copied] = [picture, copy].map((root) => [root, ...root.querySelectorAll("*")]);
    own.forEach((from, at) => {
      const style = getComputedStyle(from);
      for (const name of STYLED) copied[at].style.setProperty(name, style.getPropertyValue(name));
      for (const name of ACTIVE) copied[at].removeAttribute(name);
    });
    const names = { width, height, role: "img", "aria-label": `Map: ${words}`, xmlns: "http://www.w3.org/2000/svg" };
    for (const [name, value] of Object.entries(names)) copy.setAttribute(name, value);
    return newsloom.drawingText(copy);
  }

  return { outlines, text };
})();
