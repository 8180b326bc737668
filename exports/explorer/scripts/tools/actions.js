"use strict";
// What can be done with nodes: expand, isolate, hide, pin, and back. Each is one step of undo and stands in the address.
newsloom.actions = (() => {
  const { data, state, plural } = newsloom;

  const joined = (set, ids) => new Set([...set, ...ids]);
  const without = (set, ids) => {
    const rest = new Set(set);
    for (const id of ids) rest.delete(id);
    return rest;
  };

  const ofSelected = {
    node: ({ id }) => [id],
    pair: ({ id, other }) => [id, other],
    path: ({ id, other }) => newsloom.paths.between(id, other)?.nodes ?? [id, other],
    edge: ({ id }) => {
      const { from, to } = data.edges.get(id);
      return [from, to];
    },
  };

  // The ids that an action is about: what is selected, else what is picked.
  const targets = () => (state.selected ? ofSelected[state.selected.kind](state.selected) : [...state.picked].filter((id) => data.nodes.has(id)));

  // What nodes are tied to; articles only while these are shown.
  function neighbours(ids) {
    const found = new Set();
    for (const id of ids) {
      for (const relation of data.at(id)) {
        const other = data.other(relation, id);
        if (data.nodes.get(other).kind !== "article" || state.kinds.article) found.add(other);
      }
    }
    return without(found, ids);
  }

  const name = (ids) => (ids.length === 1 ? data.nodes.get(ids[0]).name : plural(ids.length, "node"));

  // Shows what nodes are tied to, whatever the filters say, even where it has too few ties to be drawn.
  function expand(ids) {
    const near = [...neighbours(ids)];
    const added = near.filter((id) => !state.visible.has(id) || !data.nodes.get(id).drawn);
    state.change({ added: joined(state.added, added), only: state.only && joined(state.only, near) });
    newsloom.say(added.length ? `${plural(added.length, "more node")} shown` : "All that this is tied to is shown.");
  }

  function isolate(ids) {
    state.change({ only: joined(neighbours(ids), ids) });
    newsloom.say(`Only ${name(ids)} and what is tied to it`);
    newsloom.views.current().fit({ animated: false });
    if (ids.length === 1) newsloom.views.current().show(ids[0]); // closer, where all of it is too small to read
  }

  function showAll() {
    state.change({ only: null, added: new Set() });
    newsloom.say("Everything is shown that the filters let through.");
  }

  function hide(ids) {
    const gone = new Set(ids);
    const { selected } = state;
    const isGone = selected && (selected.kind === "edge" || gone.has(selected.id) || gone.has(selected.other));
    const [pinned, picked, added] = ["pinned", "picked", "added"].map((set) => without(state[set], ids));
    newsloom.say(`${name(ids)}: hidden`);
    state.change({ hidden: joined(state.hidden, ids), pinned, picked, added, selected: isGone ? null : selected });
  }

  function showHidden() {
    state.change({ hidden: new Set() });
    newsloom.say("What was hidden is shown again.");
  }

  const isPinned = (ids) => ids.every((id) => state.pinned.has(id));

  function pin(ids) {
    const off = isPinned(ids);
    state.change(off ? { pinned: without(state.pinned, ids) } : { pinned: joined(state.pinned, ids), hidden: without(state.hidden, ids) });
    newsloom.say(`${name(ids)}: ${off ? "no longer kept in sight" : "kept in sight"}`);
  }

  // Picks what is selected, or lets it go.
  function pick(ids) {
    const off = ids.every((id) => state.picked.has(id));
    state.change({ picked: off ? without(state.picked, ids) : joined(state.picked, ids) });
    newsloom.say(`${plural(state.picked.size, "node")} picked`);
  }

  // Shows a way that the filters keep out of sight: its nodes, and lines such as its own.
  function reveal({ nodes, relations }) {
    const groups = { ...state.groups };
    for (const relation of relations) groups[data.relationType(relation).group] = true;
    state.change({
      added: joined(state.added, nodes),
      hidden: without(state.hidden, nodes),
      groups,
      least: Math.min(state.least, ...relations.map(({ confidence }) => confidence)),
    });
  }

  // An action for what is chosen now, or words that say why there is none.
  const on = (act) => () => {
    const ids = targets();
    if (ids.length) act(ids);
    else newsloom.say("Select a node first.");
  };

  return {
    targets, neighbours, expand, isolate, showAll, hide, showHidden, pin, isPinned, pick, reveal,
    keys: { expand: on(expand), isolate: on(isolate), hide: on(hide), pin: on(pin), pick: on(pick) },
  };
})();
