// Small helps of the desk. Every page works without them.

const gettext = window.gettext || ((text) => text);

// Characters, as newspapers count them: marks count, white space and the break mark do not.
const length = (text) => [...text.replace(/[\s|]/g, "")].length;

for (const field of document.querySelectorAll("[data-count]")) {
  const place = document.getElementById(`${field.id}-count`);
  if (!place) continue;
  const [least, most] = field.dataset.count.split("-").map(Number);
  const show = () => {
    const count = length(field.value);
    const fits = !least || (count >= least && count <= most);
    const words = least
      ? gettext("{count} characters, {least} to {most} read best")
      : gettext("{count} characters");
    const values = { count, least, most };
    place.textContent = words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
    place.className = `cnt ${least && count ? (fits ? "ok" : "warn") : ""}`;
  };
  field.addEventListener("input", show);
  show();
}

// The stock chooser of people gives its parts no names; the label beside it is theirs.
const nameChoosers = () => {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const label = document.querySelector(`label[for="${select.id}"]`)?.textContent ?? "";
    const parts = select.nextElementSibling?.querySelectorAll(
      ".select2-selection, .select2-selection__rendered[role], .select2-search__field",
    );
    for (const part of parts ?? []) part.setAttribute("aria-label", label.trim());
  }
};
window.django?.jQuery?.(nameChoosers); // after the stock scripts, which wait in the same line
document.addEventListener("formset:added", () => setTimeout(nameChoosers));

// A form is sent once; coming back to the page makes it whole again.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// A button that leads to a folded part of the page opens it, and the first field waits for words.
for (const link of document.querySelectorAll('a[href^="#verb-"]')) {
  link.addEventListener("click", () => {
    const part = document.getElementById(link.hash.slice(1));
    if (part?.tagName !== "DETAILS") return;
    part.open = true;
    requestAnimationFrame(() => part.querySelector("textarea, select, input:not([type=hidden])")?.focus());
  });
}
const asked = document.getElementById(location.hash.slice(1));
if (asked?.matches("details.fold")) asked.open = true;

// Leaving with unsaved words asks first, unless they are kept (desk/keeping.js says so).
const piece = document.getElementById("article_form");
if (piece) {
  let touched = Boolean(document.querySelector(".conflict, .banner.stop"));
  const touch = () => { touched = true; };
  piece.addEventListener("input", touch);
  piece.addEventListener("change", touch);
  document.addEventListener("submit", () => { touched = false; });
  addEventListener("beforeunload", (event) => {
    if (touched && piece.dataset.kept !== "yes") event.preventDefault();
  });
}
