// While a correction is written: how it will stand, and whether the piece has the wrong words.
// The form works without it.

const tight = (text) => text.replace(/\s+/g, "");

for (const form of document.querySelectorAll("[data-erratum]")) {
  const preview = form.querySelector("[data-preview]");
  const typed = (name) => form.querySelector(`[name$="-${name}"]`);
  const sealed = tight(form.querySelector("[data-sealed]").textContent);
  const show = () => {
    const [wrong, right] = ["wrong", "right"].map((name) => typed(name).value.trim());
    preview.hidden = !wrong && !right;
    preview.querySelector('[data-shows="wrong"]').textContent = wrong;
    preview.querySelector('[data-shows="right"]').textContent = right;
    const found = sealed.includes(tight(wrong));
    preview.querySelector("[data-found]").hidden = !wrong || !found;
    preview.querySelector("[data-missing]").hidden = !wrong || found;
  };
  form.addEventListener("input", show);
  show();
}
