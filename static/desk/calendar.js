// The calendar with a mouse and with keys. Every entry also has a plain link that asks the same.

const table = document.querySelector(".cal");
const days = [...table.querySelectorAll("[data-day]")];

// Asking: the page that says what would change, shown over the calendar.

const over = document.createElement("dialog");
over.className = "over";
over.setAttribute("aria-labelledby", "asking-title");
document.body.append(over);

const show = (html, address) => {
  const asking = new DOMParser().parseFromString(html, "text/html").getElementById("asking");
  if (!asking) throw new Error("no question");
  for (const form of asking.querySelectorAll("form")) {
    if (form.method === "post") form.action = address;
  }
  over.replaceChildren(document.adoptNode(asking));
  if (!over.open) over.showModal();
  over.querySelector(".btn.default, .btn")?.focus();
};

const ask = async (address) => {
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    show(await answer.text(), address);
  } catch {
    location.assign(address); // the page of its own does the same
  }
};

over.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]")) {
    event.preventDefault();
    over.close();
  }
});
over.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "get") return;
  event.preventDefault();
  ask(`${form.action}?${new URLSearchParams(new FormData(form))}`);
});

// Dragging to another day.

let held = null;
const letGo = () => {
  held?.classList.remove("held");
  for (const day of days) day.classList.remove("target");
  held = null;
};
for (const entry of table.querySelectorAll("[data-move]")) {
  entry.draggable = true;
  entry.addEventListener("dragstart", (event) => {
    held = entry;
    entry.classList.add("held");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", entry.dataset.move);
  });
  entry.addEventListener("dragend", letGo);
}
for (const day of days) {
  day.addEventListener("dragover", (event) => {
    if (!held) return;
    event.preventDefault();
    for (const other of days) other.classList.toggle("target", other === day);
  });
  day.addEventListener("drop", (event) => {
    if (!held) return;
    event.preventDefault();
    const address = held.dataset.move;
    const from = held.closest("[data-day]");
    letGo();
    if (from !== day) ask(`${address}?day=${day.dataset.day}`);
  });
}

// Keys: arrows go from day to day, M asks to move what has the focus, T [ ] turn the pages.

const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
const goTo = (day) => {
  if (!day) return;
  (day.querySelector(".ti") ?? day).focus();
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || over.open) return;
  if (event.target.closest("input, textarea, select")) return;
  const here = event.target.closest("[data-day]");
  if (event.key in steps) {
    if (!here && event.target !== document.body) return;
    event.preventDefault();
    const at = days.indexOf(here ?? table.querySelector(".today") ?? days[0]);
    goTo(here ? days[at + steps[event.key]] : days[at]);
    return;
  }
  const key = event.key.toLowerCase();
  const entry = event.target.closest("[data-move]");
  if (key === "m" && entry) ask(entry.dataset.move);
  else document.querySelector(`.seg a[data-key="${CSS.escape(key)}"]`)?.click();
});
for (const link of table.querySelectorAll(".mv")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    ask(link.getAttribute("href"));
  });
}
