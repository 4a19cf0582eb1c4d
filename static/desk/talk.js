// Comments: names after an @ are proposed while somebody types, and in a form with unsaved text
// a comment is sent beside it, without leaving the page. Without scripts both work more plainly.

const section = () => document.getElementById("comments");
const inForm = Boolean(document.getElementById("article_form"));

// Sending beside the form

const unfold = () => {
  for (const each of section().querySelectorAll(".plainly")) each.hidden = true;
  for (const each of section().querySelectorAll("form[hidden], details[hidden]")) each.hidden = false;
};

const tell = (near, words) => {
  near.querySelector(".why")?.remove();
  const line = document.createElement("p");
  line.className = "why";
  line.setAttribute("role", "alert");
  line.textContent = words;
  near.append(line);
};

const send = async (form) => {
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const refused = page.querySelector(".messagelist [role=alert]");
    const fresh = page.getElementById("comments");
    if (refused) tell(form, refused.textContent.trim());
    else if (answer.ok && fresh) {
      section().replaceWith(document.importNode(fresh, true));
      section().querySelector("h2").tabIndex = -1;
      section().querySelector("h2").focus();
    } else tell(form, section().dataset.failed);
  } catch {
    tell(form, section().dataset.failed);
  }
  button.disabled = false;
};

if (inForm && section()) {
  unfold();
  document.addEventListener("submit", (event) => {
    if (!event.target.closest("#comments")) return;
    event.preventDefault();
    send(event.target);
  });
}

// Names after an @

const TYPED = /(?<![A-Za-z0-9._+-])[@＠]([^\s@＠]{0,8})$/;
let box = null;
let shown = [];
let chosen = -1;

const list = () => document.getElementById("colleagues");

const close = () => {
  if (!box) return;
  list().hidden = true;
  box.removeAttribute("aria-activedescendant");
  box.removeAttribute("aria-controls");
  box = null;
  chosen = -1;
};

const mark = (index) => {
  chosen = index;
  shown.forEach((each, place) => each.setAttribute("aria-selected", String(place === index)));
  if (index < 0) return;
  box.setAttribute("aria-activedescendant", shown[index].id);
  shown[index].scrollIntoView({ block: "nearest" });
};

const insideOnly = (area) => {
  if (area.dataset.mentions === "inside") return true;
  return area.form?.querySelector("[name=say-readers]:checked")?.value === "inside";
};

const propose = (area) => {
  const typed = TYPED.exec(area.value.slice(0, area.selectionStart));
  if (!typed || !list()) return close();
  const inside = insideOnly(area);
  shown = [];
  for (const each of list().children) {
    const fits = each.textContent.startsWith(typed[1]) && (!inside || "inside" in each.dataset);
    each.hidden = !fits || shown.length >= 8;
    if (!each.hidden) shown.push(each);
  }
  if (!shown.length || shown.some((each) => each.textContent === typed[1])) return close();
  box = area;
  area.closest(".says").append(list());
  list().hidden = false;
  area.setAttribute("aria-controls", "colleagues");
  mark(0);
};

const take = (option) => {
  const area = box;
  const start = area.selectionStart;
  const before = area.value.slice(0, start).replace(TYPED, (whole) => whole[0] + option.textContent);
  area.value = `${before} ${area.value.slice(start)}`;
  area.selectionStart = area.selectionEnd = before.length + 1;
  close();
  area.focus();
};

const keys = {
  ArrowDown: () => mark((chosen + 1) % shown.length),
  ArrowUp: () => mark((chosen + shown.length - 1) % shown.length),
  Enter: () => take(shown[chosen]),
  Tab: () => take(shown[chosen]),
  Escape: close,
};

for (const kind of ["input", "click", "compositionend"]) {
  document.addEventListener(kind, (event) => {
    if (event.isComposing) return;
    if (event.target.matches?.("[data-mentions]")) propose(event.target);
  });
}
document.addEventListener("keydown", (event) => {
  if (!box || event.target !== box || event.isComposing || !keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
});
document.addEventListener("mousedown", (event) => {
  const option = event.target.closest?.("#colleagues li");
  if (!option || !box) return;
  event.preventDefault();
  take(option);
});
document.addEventListener("focusout", (event) => {
  if (event.target === box) setTimeout(close, 150);
});
