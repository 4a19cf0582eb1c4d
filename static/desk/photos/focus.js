// Where a photograph's focus lies: by click or tap in it, or by the sliders below; its crops follow.
import { field, write } from "./rows.js";

const share = (row, name) => Number(field(row, name).value);

const show = (row) => {
  const [x, y] = [share(row, "focal_x"), share(row, "focal_y")];
  const ring = row.querySelector(".ring");
  const image = row.querySelector(".focus img");
  ring.hidden = !image;
  row.classList.toggle("without", !image);
  row.querySelector(".crops").hidden = !image;
  row.querySelector(".sliders").hidden = !image;
  if (!image) return;
  ring.style.left = `${x * 100}%`;
  ring.style.top = `${y * 100}%`;
  for (const crop of row.querySelectorAll(".crops img")) crop.style.objectPosition = `${x * 100}% ${y * 100}%`;
};

// The crops show the same picture, in the size the page has loaded already.
export const showPicture = (row) => {
  const shown = row.querySelector(".focus picture, .focus img");
  for (const place of row.querySelectorAll(".crops span")) {
    const crop = shown?.cloneNode(true);
    place.replaceChildren(...(crop ? [crop] : []));
    const image = place.querySelector("img");
    if (image) Object.assign(image, { alt: "", decoding: "sync" });
  }
  show(row);
};

export const startFocus = (row) => {
  for (const name of ["focal_x", "focal_y"]) field(row, name).addEventListener("input", () => show(row));
  row.querySelector(".focus").addEventListener("click", (event) => {
    const image = row.querySelector(".focus img");
    if (!image) return;
    const { left, top, width, height } = image.getBoundingClientRect();
    const within = (value) => Math.min(1, Math.max(0, value)).toFixed(2);
    write(row, "focal_x", within((event.clientX - left) / width));
    write(row, "focal_y", within((event.clientY - top) / height));
  });
  showPicture(row);
};
