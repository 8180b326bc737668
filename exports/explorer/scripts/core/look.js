"use strict";
// Colours and lines, for light and dark: chosen so that colour-blind readers can tell them apart (Okabe and Ito's palette),
// and never alone: kinds have shapes, statuses have borders.
newsloom.look = (() => {
  const preferred = window.matchMedia("(prefers-color-scheme: dark)");
  const listeners = [];
  let chosen = null; // "light", "dark", or null: as the system has it

  const borders = {
    asserted: false,
    planned: [7, 4],
    hypothetical: [2, 3],
    alleged: [9, 3, 2, 3],
    negated: [2, 3],
  };
  const kinds = { event: ["#d55e00", "#ff9a57"], actor: ["#0072b2", "#4aa3dc"], place: ["#009e73", "#45c49f"], article: ["#6b6b6b", "#a5abb3"] };
  const groups = {
    causes: ["#c8371b", "#ff8a66"],
    part: ["#4a9cc7", "#6db7de"],
    located: ["#4fb496", "#63cdae"],
    order: ["#8a7fb5", "#a89fd0"],
    ties: ["#8a94a6", "#94a0b5"],
    reports: ["#9a9a9a", "#9a9a9a"],
  };
  const themes = [
    { index: 0, ground: "#ffffff", ink: "#22262e", soft: "#5b6472", dates: "#7a4a1f", tint: 0.1, rim: 0.95, faint: 0.22 },
    { index: 1, ground: "#14181f", ink: "#e8ebf0", soft: "#9aa4b2", dates: "#d9b48f", tint: 0.26, rim: 0.9, faint: 0.24 },
  ];

  const channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  const mix = (colour, ground, share) => {
    const [a, b] = [channels(colour), channels(ground)];
    return `rgb(${a.map((value, at) => Math.round(value * share + b[at] * (1 - share))).join(",")})`;
  };

  const isDark = () => (chosen ? chosen === "dark" : preferred.matches);
  const theme = () => themes[isDark() ? 1 : 0];
  const colour = (node) => (node.kind === "event" ? newsloom.data.type(node).colour : kinds[node.kind][theme().index]);

  function tell() {
    document.documentElement.dataset.theme = isDark() ? "dark" : "light";
    for (const listener of listeners) listener();
  }

  function choose(name) {
    if (chosen === name) return;
    chosen = name;
    tell();
  }

  preferred.addEventListener("change", tell);
  tell();
  return { theme, isDark, choose, mix, colour, borders, kinds, groups, follow: (listener) => listeners.push(listener) };
})();
