"use strict";
// What the reader takes along: the view as a picture, as a drawing, on paper.
newsloom.saving = (() => {
  const { el, views, look } = newsloom;

  // Gives something to the reader as a file.
  function give(blob, name) {
    const link = el("a", { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  const giveText = (text, type, name) => give(new Blob([text], { type: `${type};charset=utf-8` }), name);

  function opaque(source) {
    const copy = el("canvas", { width: source.width, height: source.height });
    const context = copy.getContext("2d");
    context.fillStyle = look.theme().ground;
    context.fillRect(0, 0, copy.width, copy.height);
    context.drawImage(source, 0, 0);
    return copy;
  }

  // A drawing as pixels: twice as many as its size says, for print.
  async function drawn(text) {
    const image = new Image();
    image.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
    await image.decode();
    const canvas = el("canvas", { width: image.width * 2, height: image.height * 2 });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas;
  }

  async function png() {
    const view = views.current();
    const canvas = opaque(view.png ? await view.png() : await drawn(await view.svg()));
    canvas.toBlob((blob) => give(blob, `newsloom-${view.name}.png`));
  }

  async function svg() {
    const view = views.current();
    giveText(await view.svg(), "image/svg+xml", `newsloom-${view.name}.svg`);
  }

  return { png, svg, drawn, give, giveText, print: () => window.print() };
})();
