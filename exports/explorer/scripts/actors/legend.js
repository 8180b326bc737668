"use strict";
// What the colours, lines and shapes of the view of actors mean.
newsloom.dealsKey = (() => {
  const { el, svg, weave } = newsloom;
  const lines = [
    ["marked-cooperation", "+", "strong cooperation"],
    ["cooperation", "+", "cooperation"],
    ["even", "±", "both or neither"],
    ["conflict", "−", "conflict"],
    ["marked-conflict", "−", "strong conflict"],
    ["unknown", "", "no score"],
    ["even open", "", "planned or alleged"],
  ];

  // A line as it is drawn, with its sign.
  function sample(kind, sign) {
    const path = svg("path", { class: `line ${kind}`, d: "M1 7H27", "stroke-width": 3 });
    return svg("svg", { class: "sample", width: 28, height: 14, "aria-hidden": "true" },
      svg("g", { class: kind.includes("open") ? "tie open" : "tie" }, path), sign ? svg("text", { class: "sign", x: 14, y: 11 }, sign) : null);
  }

  const shape = (name) =>
    svg("svg", { class: "sample", width: 16, height: 14, "aria-hidden": "true" },
      svg("g", { class: "who", transform: "translate(8 7)" }, svg("path", { class: `body ${name}`, d: weave.outline(name, 5) })));

  const row = (picture, words) => el("li", {}, picture, el("span", {}, words));

  const element = el("details", { class: "deals-key", open: window.innerWidth > 820 },
    el("summary", {}, "Key"),
    el("ul", {}, lines.map(([kind, sign, words]) => row(sample(kind, sign), words))),
    el("ul", {}, Object.entries(weave.outlines).map(([name, { words }]) => row(shape(name), words)),
      el("li", {}, "thicker: more events; arrow: to whom; colour: by PLOVER’s scores")));

  return { element };
})();
