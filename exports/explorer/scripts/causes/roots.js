"use strict";
// What the view of causes is about: the events it is drawn around, and what it says of itself.
newsloom.roots = (() => {
  const { data, state, el, plural, chains, hops, boxes } = newsloom;
  const MOST_ROOTS = 30;
  const MOST_STARTS = 60;

  let chosenEvents = 0; // how many there are to choose the roots from

  const isEvent = (id) => data.nodes.get(id)?.kind === "event";

  function eventsOf(ids) {
    const found = ids.flatMap((id) => (isEvent(id) ? [id] : data.at(id).flatMap(({ source, target }) => [source, target]).filter(isEvent)));
    return [...new Set(found)].filter((id) => state.visible.has(id) || ids.includes(id));
  }

  // The events around which is drawn; none where all chains are meant.
  function find({ roots: known, drawing }) {
    const chosen = state.selected;
    if (chosen?.kind === "edge") {
      const edge = data.edges.get(chosen.id);
      const shown = edge && drawing?.boxes.has(edge.from) && drawing.boxes.has(edge.to);
      return shown ? known : foremost(eventsOf([edge?.from, edge?.to].filter(isEvent)));
    }
    if (chosen?.kind === "node" && isEvent(chosen.id)) return [chosen.id];
    if (chosen?.kind === "node") return foremost(eventsOf([chosen.id]).filter(hasCauses));
    if (chosen) return foremost([...state.focus.keys()].filter(isEvent));
    return foremost(eventsOf([...state.picked]));
  }

  // Those that matter most, where there are many.
  function foremost(ids) {
    chosenEvents = ids.length;
    const weight = (id) => data.nodes.get(id).importance;
    return ids.sort((one, other) => weight(other) - weight(one)).slice(0, MOST_ROOTS);
  }

  const hasCauses = (id) => chains.at(id, "before").length + chains.at(id, "after").length > 0;

  const isOther = () => state.selected?.kind === "node" && !isEvent(state.selected.id);

  function several(roots) {
    const many = plural(chosenEvents, "event");
    const of = isOther() ? ` of “${data.nodes.get(state.selected.id).name}”` : "";
    return chosenEvents > roots.length ? `${roots.length} of ${many}${of} (those that matter most)` : `${many}${of}`;
  }

  // Why all chains are shown.
  function because() {
    if (isOther()) return `No event of “${data.nodes.get(state.selected.id).name}” has a cause or an effect. Shown are`;
    return state.selected ? "Shown are" : "Nothing selected:";
  }

  // What is shown, in a sentence.
  function about({ roots, drawing }) {
    if (!state.groups.causes) return "Causes are switched off in the legend.";
    const count = drawing.boxes.size;
    const behind = new Set(drawing.more.map(({ id }) => id)).size;
    const more = behind ? ` ${plural(behind, "event")} ${behind === 1 ? "has" : "have"} more behind: “+”.` : "";
    if (!roots.length) {
      const { chains: all, total, shown, middle } = drawing;
      if (!all.length) return "No event shown here has a cause or an effect.";
      const whole = shown === 1 ? "the richest chain" : `the ${shown} richest chains`;
      const around = middle ? `, ${shown === 1 ? "around" : "the first around"} “${data.nodes.get(middle).name}”` : "";
      const which = `${because()} ${whole} of ${all.length.toLocaleString("en")}${around}`;
      const part = newsloom.source.manifest.parts.length > 1 ? ` of the part “${data.view.title}”` : "";
      return `${which}, ${count} of ${total.toLocaleString("en")} events${part} with causes or effects.${more}`;
    }
    const name = roots.length === 1 ? `“${data.nodes.get(roots[0]).name}”` : several(roots);
    const them = roots.length === 1 ? "it" : "them";
    if (count === 1 || !drawing.lines.length) return `No article says what led to ${name} or what followed.`;
    const sides = [...drawing.boxes.values()];
    const sum = (side) => sides.filter((value) => value === side).length;
    const others = sum("beside") ? `, ${sum("beside")} denied, prevented or out of order` : "";
    return `${name}: ${plural(sum("before"), "event")} that led to ${them}, ${sum("after")} that followed${others}.${more}`;
  }

  // The kinds of lines and the statuses that occur, with their words.
  function legend({ lines, boxes: shown }) {
    const relations = new Map(lines.map((line) => [boxes.head(line.relations[0].type), line.relations[0]]));
    const statuses = new Set([...lines.map(hops.status), ...[...shown.keys()].map((id) => data.nodes.get(id).factuality)]);
    const entry = (sample, words) => el("span", {}, sample, ` ${words}`);
    return [
      el("span", {}, "earlier ⟶ later"),
      ...[...relations].map(([type, relation]) => entry(boxes.sample("arrow", type), hops.tie(relation, data.view.relationTypes[relation.type].causal === "target" ? relation.target : relation.source))),
      ...Object.entries(hops.STATUS).filter(([status, word]) => word && statuses.has(status)).map(([status, word]) => entry(boxes.sample(`arrow ${status}`), word)),
      el("span", {}, boxes.sample("arrow", null, 1.4), boxes.sample("arrow", null, 5), " thicker is surer"),
    ];
  }

  // The events at which chains begin, as a list.
  function starts() {
    const found = chains.starts();
    const rest = found.length - MOST_STARTS;
    return [
      el("ul", { class: "list" }, found.slice(0, MOST_STARTS).map(({ id, count }) =>
        el("li", {}, newsloom.panel.jump(data.nodes.get(id), `${hops.when(data.nodes.get(id))} · ${plural(count, "event")} followed`)))),
      rest > 0 ? el("p", { class: "none" }, `and ${plural(rest, "event")} from which less followed`) : "",
    ];
  }

  return { find, about, legend, starts };
})();
