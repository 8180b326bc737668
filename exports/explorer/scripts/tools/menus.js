"use strict";
// The menus of the header, and the help: what else can be done, and by which keys.
newsloom.menus = (() => {
  const { state, el, views, saving } = newsloom;
  const help = document.getElementById("help");
  const menus = [...document.querySelectorAll("details.menu")];

  const item = (label, key, act) =>
    el("button", { type: "button", onclick: () => {
      close();
      act();
    } }, label, key ? el("kbd", {}, key) : null);

  function choice(title, field, options) {
    const inputs = options.map(([value, label]) => {
      const input = el("input", { type: "radio", name: field, onchange: () => state.change({ [field]: value }) });
      state.follow(() => {
        input.checked = state[field] === value;
      });
      return el("label", {}, input, el("span", {}, label));
    });
    return el("fieldset", {}, el("legend", {}, title), inputs);
  }

  function close() {
    for (const menu of menus) menu.open = false;
  }

  async function copyLink() {
    try {
      await navigator.clipboard.writeText(location.href);
      newsloom.say("The link to this view is copied.");
    } catch {
      newsloom.say("The address of this page is the link to this view.");
    }
  }

  function fill() {
    document.querySelector("#more .popover").append(
      item("Save as PNG", "s", saving.png),
      item("Save as SVG", "S", saving.svg),
      item("Print", null, saving.print),
      item("Copy the link to this view", null, copyLink),
      choice("Size by", "size", [["degree", "ties"], ["importance", "importance"]]),
      choice("Colours", "theme", [[null, "as the system"], ["light", "light"], ["dark", "dark"]]),
      item("Keys and licences", "?", open),
    );
  }

  const signs = { ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", " ": "space" };
  const always = [
    ["Tab", "to the next list, button or node"],
    ["Enter", "select"],
    ["Esc", "close, clear, back to the overview"],
  ];

  function keyTable(rows) {
    return el("table", {}, el("tbody", {}, rows.map(([key, words]) =>
      el("tr", {}, el("th", { scope: "row" }, el("kbd", {}, signs[key] ?? key)), el("td", {}, words)))));
  }

  function open() {
    const shown = views.all().map(({ key, label }) => [key, `${label} view`]);
    const own = views.all().filter(({ help: rows }) => rows.length);
    help.replaceChildren(
      el("form", { method: "dialog" }, el("button", { class: "close", "aria-label": "Close" }, "×")),
      el("h2", { id: "help-title" }, "Keys"),
      el("div", { class: "columns" },
        keyTable(newsloom.keys.list.map(([key, words]) => [key, words])),
        keyTable([...shown, ...always])),
      el("h2", {}, "In one view"),
      el("div", { class: "columns" }, own.map(({ label, help: rows }) => el("section", {}, el("h3", {}, label), keyTable(rows)))),
      el("h2", {}, "What this page is made with"),
      newsloom.library.notices(),
    );
    help.showModal();
  }

  function start() {
    fill();
    document.addEventListener("click", (event) => {
      for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
    });
    help.addEventListener("click", (event) => event.target === help && help.close());
  }

  return { start, open, close };
})();
