// Small helps of the list of pieces. It works without them.

const form = document.getElementById("changelist-form");
if (form) {
  const boxes = [...form.querySelectorAll("input[name=piece]")];
  const all = document.getElementById("pick-all");
  const everything = form.querySelector("input[name=everything]");
  const count = document.getElementById("chosen-count");
  let last = null;

  const show = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    all.checked = chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
    count.textContent = everything?.checked ? "" : chosen;
  };
  all.closest("label").hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    show();
  });
  // With the shift key, everything between the last box and this one.
  form.addEventListener("click", ({ target, shiftKey }) => {
    if (target.name !== "piece") return;
    if (shiftKey && last) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(target)].sort((a, b) => a - b);
      for (const box of boxes.slice(from, to + 1)) box.checked = target.checked;
    }
    last = target;
  });
  form.addEventListener("change", show);
  addEventListener("pageshow", show);
}
