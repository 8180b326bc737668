"use strict";
// What boxes and arrows say: the words of an event and of a hop, folded to their room.
newsloom.hops = (() => {
  const { data, words } = newsloom;
  const WIDTH = 172; // of a box
  const PAD = 14; // left of its words
  const ROOM = WIDTH - PAD - 10;
  const LABEL = 112; // room for the words at an arrow
  const ROW = 17;
  const SMALL_ROW = 15;
  const PORT = 13; // height that an arrow needs at a box
  const MOST_HEIGHT = 240;
  const MOST_ROWS = 5; // of a name
  const FONTS = { name: words.font(13, 600), small: words.font(11), bold: words.font(11, 600) };
  const STATUS = { asserted: "", alleged: "claimed", hypothetical: "hypothetical", planned: "planned", negated: "denied" };
  const OF_EVENT = { ...STATUS, negated: "did not happen" }; // an omission can be a cause, too

  const width = (text, font) => words.width(text, FONTS[font]);
  const fold = (text, font, room, most) => words.fold(text, FONTS[font], room, most);
  const when = (node) => (node.date ? node.brief : node.phrase ? `“${node.phrase}”` : "undated");

  function kind(node, room) {
    const { label } = data.type(node);
    const both = [label, node.mode].filter(Boolean).join(" · ");
    return width(both, "small") <= room ? both : fold(label, "small", room, 1)[0];
  }

  // A box without its place: its rows of words, each with its height over the upper edge.
  function box(node, { ports, asked }) {
    const said = OF_EVENT[node.factuality];
    const pill = said ? width(said, "bold") + 14 : 0;
    const name = fold(node.name, "name", ROOM, MOST_ROWS);
    const dates = fold(when(node), "small", ROOM - (asked ? 56 : 0), 2);
    const full = SMALL_ROW + ROW * name.length + SMALL_ROW * dates.length + 19;
    const height = Math.max(full, Math.min(MOST_HEIGHT, PORT * ports + 8));
    const top = 10 + SMALL_ROW + (height - full) / 2;
    return {
      node, asked, said, pill, height, width: WIDTH,
      kind: kind(node, ROOM - pill),
      top: top - SMALL_ROW,
      name: name.map((text, row) => ({ text, y: top + ROW * (row + 0.75) })),
      date: dates.map((text, row) => ({ text, y: top + ROW * name.length + SMALL_ROW * (row + 0.85) })),
      says: [node.name, data.type(node).label, when(node), said, asked ? "selected" : ""].filter(Boolean).join(", "),
    };
  }

  // The words of a relation, read from cause to effect.
  function tie(relation, cause) {
    const type = data.view.relationTypes[relation.type];
    return relation.source === cause ? type.label : type.inverse;
  }

  const cues = (line) => [...new Set(line.relations[0].evidence.map((proof) => proof.cue).filter(Boolean))];

  // How many outlets say so by themselves: the same sentence in two of them counts once.
  function sources(proofs) {
    const first = new Map();
    for (const { sentence } of proofs) {
      const [article, , , text] = data.view.sentences[sentence];
      const same = text.toLocaleLowerCase().split(/\s+/).join(" ");
      if (!first.has(same)) first.set(same, data.view.articles[article].source || article);
    }
    return new Set(first.values()).size;
  }

  // The status of a line, as its dashes show it.
  const status = (line) => line.relations[0].factuality ?? "asserted";

  // Who claims it, where no article says it by itself.
  function claimant(line) {
    const [lead] = line.relations;
    const says = lead.evidence.find((proof) => proof.says)?.says;
    return (lead.claimed || lead.factuality === "negated") && says ? (data.nodes.get(says)?.name ?? "") : "";
  }

  // What an arrow tells besides its relation: how sure, of how many sources, whose claim it is.
  function notes(line) {
    const [lead, ...others] = line.relations;
    const many = sources(lead.evidence);
    const said = STATUS[status(line)];
    const by = claimant(line);
    const denied = status(line) === "negated";
    const claimed = by ? `${["", "claimed", "denied"].includes(said) ? said || "claimed" : `${said}, said`} by ${by}` : said;
    return [
      `${denied ? "" : `${words.percent(lead.confidence)} · `}${many} source${many === 1 ? "" : "s"}`,
      claimed,
      !denied && others.some((relation) => relation.factuality === "negated") ? "denied by others" : "",
      lead.backwards ? "dated after its effect" : "",
    ].filter(Boolean);
  }

  const also = (line) => [...new Set(line.relations.slice(1).map((relation) => tie(relation, line.cause)))]
    .filter((said) => said !== tie(line.relations[0], line.cause));

  // The words at an arrow: over its line the relation and the words that say so, under it how sure and who says so.
  function label(line) {
    const relation = tie(line.relations[0], line.cause);
    const [cue] = cues(line);
    const above = [
      ...fold(relation, "bold", LABEL, 3).map((text) => ({ text, class: "words" })),
      ...(cue ? fold(`“${cue}”`, "small", LABEL, 2) : []).map((text) => ({ text, class: "cue" })),
    ];
    const below = notes(line).flatMap((note) => fold(note, "small", LABEL, 2));
    const wide = Math.max(...above.map((row) => width(row.text, row.class === "words" ? "bold" : "small")),
      ...below.map((text) => width(text, "small")));
    return { above, below, width: Math.ceil(wide) + 10, height: 2 * SMALL_ROW * Math.max(above.length, below.length) + 8 };
  }

  // A hop in one sentence, for the ear and the pointer.
  function sentence(line) {
    const name = (id) => data.nodes.get(id).name;
    const said = cues(line).map((cue) => `“${cue}”`);
    const rest = [...said, ...notes(line), ...also(line).map((other) => `also: ${other}`)].join(", ");
    return `${name(line.cause)} ${tie(line.relations[0], line.cause)} ${name(line.effect)}; ${rest}`;
  }

  return { box, label, tie, cues, notes, status, sentence, when, WIDTH, SMALL_ROW, STATUS };
})();
