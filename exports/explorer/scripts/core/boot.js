"use strict";
// Everything of the page hangs on `newsloom`; here is what elements are made with.
window.newsloom = {};

// A function that makes elements of one kind, with properties and children; strings become text, never markup, and what is
// null or false is left out.
newsloom.maker = (create) => (tag, properties = {}, ...children) => {
  const isGiven = (value) => value !== null && value !== undefined && value !== false;
  const element = create(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (!isGiven(value)) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [key, v] of Object.entries(value)) element.style.setProperty(key, v);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter(isGiven));
  return element;
};
newsloom.el = newsloom.maker((tag) => document.createElement(tag));
newsloom.svg = newsloom.maker((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag));

// Adds a value to the list that a map has for a key.
newsloom.push = (map, key, value) => (map.get(key) ?? map.set(key, []).get(key)).push(value);

// Changes what is within an element, and gives the focus back to what had it there.
newsloom.keepFocus = (element, change) => {
  const focused = document.activeElement;
  change();
  if (focused?.isConnected && element.contains(focused)) focused.focus({ preventScroll: true });
};

// Keys while an element, or something in it, has the focus: `acts` are functions by the name of the key, or a function from
// the event to one of them; they are called with what has the focus.
newsloom.typing = (element, acts) =>
  element.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = typeof acts === "function" ? acts(event) : acts[event.key];
    if (!act || act(event.target) === false) return;
    event.preventDefault();
    event.stopPropagation();
  });
