"use strict";
// Drawings of the page as files of their own.
newsloom.picture = (() => {
  const WRITTEN = [
    "background-color", "display", "fill", "fill-rule", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin",
    "vector-effect", "paint-order", "opacity", "font", "text-anchor", "text-decoration",
  ];
  const ACTIVE = ["role", "tabindex", "aria-pressed", "aria-current", "aria-label", "data-id", "data-spot"]; // of buttons, not of a picture

  // A drawing as text that is XML, whatever its words hold.
  const text = (root) =>
    new XMLSerializer().serializeToString(root).replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, "\ufffd").toWellFormed();

  // What stands in the page as the text of an SVG file: what the page's style says is written into a copy, which `change`
  // may change before.
  function alone(picture, [width, height], label, change = () => {}) {
    const copy = picture.cloneNode(true);
    const [own, copied] = [picture, copy].map((root) => [root, ...root.querySelectorAll("*")]);
    own.forEach((from, at) => {
      const style = getComputedStyle(from);
      for (const name of WRITTEN) copied[at].style.setProperty(name, style.getPropertyValue(name));
      for (const name of ACTIVE) copied[at].removeAttribute(name);
    });
    const names = { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label, xmlns: "http://www.w3.org/2000/svg" };
    for (const [name, value] of Object.entries(names)) copy.setAttribute(name, value);
    change(copy);
    copy.prepend(newsloom.svg("rect", { width, height, fill: getComputedStyle(picture).backgroundColor }));
    return text(copy);
  }

  // A pin that sticks at a point, as a path: the sign of what is kept in sight.
  const pin = (x, y) => `M${x.toFixed(1)} ${y.toFixed(1)}l-3 -7a4 4 0 1 1 6 0z`;

  return { text, alone, pin };
})();
