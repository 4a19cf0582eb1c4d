// P makes a dry run: it presses the button that stands on the page.

const OFF = "desk-keys-off";
const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");

addEventListener("keydown", (event) => {
  if (localStorage.getItem(OFF) || event.repeat || event.isComposing || typing(event.target)) return;
  if (event.ctrlKey || event.altKey || event.metaKey || event.key.toLowerCase() !== "p") return;
  const button = document.querySelector("[data-rehearse] button");
  if (!button) return;
  event.preventDefault();
  button.click();
});
