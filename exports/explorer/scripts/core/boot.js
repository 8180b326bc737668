"use strict";
// Everything of the page hangs on `newsloom`.
window.newsloom = {};

// An element with properties and children; strings become text, never markup.
newsloom.el = (tag, properties = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [key, v] of Object.entries(value)) element.style.setProperty(key, v);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
};

// The same for SVG.
newsloom.svg = (tag, properties = {}, ...children) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
};

// A drawing as text that is XML, whatever its words hold.
newsloom.drawingText = (root) =>
  new XMLSerializer().serializeToString(root).replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, "\ufffd").toWellFormed();

newsloom.plural = (count, word) =>
  `${count.toLocaleString("en")} ${count === 1 ? word : word.replace(/y$/, "ie").replace(/(ch|sh|s)$/, "$1e")}${count === 1 ? "" : "s"}`;
