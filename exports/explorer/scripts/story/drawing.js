"use strict";
// The Story as a drawing that scales: what vis-network draws on its canvas, drawn once more on SVG.
newsloom.storyDrawing = (() => {
  const { el, look, background } = newsloom;
  const MOST = 5000; // nodes, above which only what is in sight is drawn
  const MARGIN = 160; // beyond which a node cannot reach into sight

  const isNear = ({ x, y }, sight) =>
    x > sight.left - MARGIN && x < sight.right + MARGIN && y > sight.top - MARGIN && y < sight.bottom + MARGIN;

  // Draws lines, nodes, the heads of lines and the names below nodes, in this order, as vis-network does.
  function graph(network, context, sight) {
    const { nodes, edges, nodeIndices, edgeIndices } = network.body;
    const shown = nodeIndices.map((id) => nodes[id]).filter((node) => isNear(node, sight));
    const near = new Set(shown);
    const lines = edgeIndices.map((id) => edges[id]).filter((edge) => edge.connected && (near.has(edge.from) || near.has(edge.to)));
    for (const line of lines) line.draw(context);
    const names = shown.map((node) => node.draw(context).drawExternalLabel);
    for (const line of lines) line.drawArrows(context);
    for (const name of names) name?.();
  }

  // Names are drawn or left out by the scale of the view: for the drawing it is 1.
  function atFullSize(network, act) {
    const { view } = network.body;
    const { scale } = view;
    view.scale = 1;
    try {
      act();
    } finally {
      view.scale = scale;
      network.redraw();
    }
  }

  // On a canvas the path outlives save and restore, and vis-network relies on that; here it is begun anew where it is gone.
  function keepPath(context) {
    /* oxlint-disable no-underscore-dangle -- svgcanvas tells of its path in no other way */
    for (const name of ["fill", "stroke"]) {
      const plain = context[name].bind(context);
      context[name] = () => {
        const path = context.__currentDefaultPath;
        if (context.__currentElement.nodeName !== "path") context.beginPath();
        context.__currentDefaultPath = path;
        plain();
      };
    }
    /* oxlint-enable no-underscore-dangle */
  }

  function titled(root) {
    const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
    title.textContent = document.title;
    root.prepend(title);
    root.setAttribute("role", "img");
  }

  // The text of an SVG file of an area, or of what is in sight where that is too much.
  async function svg(network, area) {
    const Context = await newsloom.library("svgcanvas");
    const sight = network.body.nodeIndices.length > MOST ? { ...background.sight(network), scale: 1 } : { ...area, scale: 1 };
    const [width, height] = [Math.ceil(sight.right - sight.left), Math.ceil(sight.bottom - sight.top)];
    const context = new Context({ width, height, ctx: el("canvas").getContext("2d") });
    keepPath(context);
    context.fillStyle = look.theme().ground;
    context.fillRect(0, 0, width, height);
    context.translate(-sight.left, -sight.top);
    atFullSize(network, () => {
      background.behind(context, sight);
      graph(network, context, sight);
      background.before(context, sight);
      newsloom.marks.draw(network, context);
    });
    const root = context.getSvg();
    root.setAttribute("viewBox", `0 0 ${width} ${height}`);
    titled(root);
    return newsloom.picture.text(root);
  }

  return { svg };
})();
