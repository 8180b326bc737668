"use strict";
// What the lasso caught: how many of which kind, what can be done with them, and all of them in a list.
newsloom.picked = (() => {
  const { data, state, el, plural, panel, pieces } = newsloom;
  const KINDS = ["event", "actor", "place", "article"];
  const MOST_LISTED = 300;
  const MOST_TYPES = 8; // that are counted by name
  const HEAD = ["id", "kind", "type", "name", "date", "country", "sources"];

  // The picked nodes: events in time, then the others by name.
  function nodes() {
    const known = [...state.picked].map((id) => data.nodes.get(id)).filter(Boolean);
    const place = (node) => data.order.get(node.id) ?? 0;
    return known.sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || place(a) - place(b) || a.name.localeCompare(b.name));
  }

  const label = (node) => data.type(node).label;

  function counts(kind, own) {
    const types = new Map();
    for (const node of own) types.set(label(node), (types.get(label(node)) ?? 0) + 1);
    const words = [...types].sort((a, b) => b[1] - a[1]).map(([type, count]) => `${type} ${count.toLocaleString("en")}`);
    const more = words.length - MOST_TYPES;
    const told = more > 0 ? [...words.slice(0, MOST_TYPES), plural(more, "more type")] : words;
    return [el("dt", {}, plural(own.length, kind)), el("dd", {}, told.join(", "))];
  }

  function item(node) {
    return [panel.jump(node, node.kind === "event" ? node.brief : label(node)),
      el("button", {
        type: "button", class: "drop", "aria-label": `Let ${node.name} go`, title: "Let it go", onclick: () => newsloom.lasso.toggle(node.id),
      }, "×")];
  }

  const rows = (all) => [HEAD, ...all.map((node) => [node.id, node.kind, label(node), node.name, node.date, node.country, node.kind === "event" ? node.sources : null])];

  const save = () => newsloom.saving.giveText(newsloom.csv.write(rows(nodes())), "text/csv", "newsloom-picked.csv");

  function body() {
    const all = nodes();
    const hasEvents = all.some(({ kind }) => kind === "event");
    return [
      el("h2", { tabindex: -1 }, `${all.length.toLocaleString("en")} picked`),
      el("p", { class: "acts" },
        hasEvents && newsloom.views.has("causes")
          ? el("button", { type: "button", title: "Open the view of causes on these", onclick: () => newsloom.open("causes") }, "Causes of these")
          : null,
        el("button", { type: "button", title: "Save these as a table", onclick: save }, "CSV")),
      el("dl", { class: "counts" }, KINDS.flatMap((kind) => {
        const own = all.filter((node) => node.kind === kind);
        return own.length ? counts(kind, own) : [];
      })),
      el("section", {}, el("ul", { class: "list" }, pieces.items(all.map(item), MOST_LISTED))),
    ];
  }

  panel.bodies.picked = body;
  return { rows: () => rows(nodes()) };
})();
