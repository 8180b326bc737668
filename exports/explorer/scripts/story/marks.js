"use strict";
// Signs on nodes of the Story: a pin at the corner of those that are kept in sight.
newsloom.marks = (() => {
  const { state, look } = newsloom;
  const accents = ["#1f5fae", "#7db4f0"];

  function pin(context, x, y) {
    const t = look.theme();
    context.lineWidth = 1.5;
    context.strokeStyle = t.ground;
    context.fillStyle = accents[t.index];
    context.beginPath();
    context.moveTo(x, y + 9);
    context.lineTo(x - 4.5, y);
    context.lineTo(x + 4.5, y);
    context.closePath();
    context.fill();
    context.beginPath();
    context.arc(x, y - 1, 5.5, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }

  function draw(network, context) {
    for (const id of state.pinned) {
      if (!newsloom.canvas.isShown(id)) continue;
      const box = network.getBoundingBox(id);
      if (box) pin(context, box.right - 4, box.top - 3);
    }
  }

  const attach = (network) => network.on("afterDrawing", (context) => draw(network, context));

  return { attach, draw };
})();
