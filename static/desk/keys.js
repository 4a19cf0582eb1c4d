// Shortcuts of queues and reading pages. Every one presses something that stands on the page.

const OFF = "desk-keys-off";
const bar = document.querySelector(".keys");
const first = (selector) => document.querySelector(selector);
const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");

const rows = [...document.querySelectorAll(".rows > li, #result_list tbody tr")];
const changes = [...document.querySelectorAll("[id^='change-']")];
const places = changes.length ? changes : rows;
let place = -1;

const go = (step) => {
  if (!places.length) return;
  place = Math.min(Math.max(place + step, 0), places.length - 1);
  for (const each of places) each.classList.toggle("cursor", each === places[place]);
  const focus = changes.length ? places[place] : places[place].querySelector(".ttl a");
  focus?.focus({ preventScroll: true });
  places[place].scrollIntoView({ block: "center" });
};

const press = (selector, within = document) => within.querySelector(selector)?.click();

// Where a form stands, its first field; where it does not, its reason.
const open = (id) => {
  const section = document.getElementById(id);
  if (section?.tagName === "DETAILS") section.open = true;
  section?.scrollIntoView({ block: "center" });
  section?.querySelector("textarea, input:not([type=hidden]), select")?.focus();
};

const keys = {
  j: () => go(1),
  k: () => go(-1),
  c: () => press('form[action$="/do/claim/"] button', changes.length ? document : rows[place] ?? document.querySelector(".rail") ?? document.createElement("p")),
  n: () => press('a.btn[href$="/article/add/"]'),
  r: () => open("verb-return_"),
  v: () => press(".seg a:not([aria-current])"),
  "/": () => first("#searchbar")?.focus(),
  "?": () => { bar.scrollIntoView(); bar.focus(); },
};

addEventListener("keydown", (event) => {
  if (localStorage.getItem(OFF) || event.repeat || event.isComposing) return;
  if (event.ctrlKey && event.key === "Enter" && !typing(event.target)) {
    press('form[action$="/do/sign/"] button');
  } else if (!event.ctrlKey && !event.altKey && !event.metaKey && !typing(event.target)) {
    const act = keys[event.key.toLowerCase()];
    if (!act || !bar) return;
    event.preventDefault();
    act();
  }
});

if (bar) {
  const toggle = bar.querySelector("button");
  const show = () => {
    const off = Boolean(localStorage.getItem(OFF));
    toggle.textContent = off ? toggle.dataset.on : toggle.dataset.off;
    bar.classList.toggle("off", off);
  };
  toggle.addEventListener("click", () => {
    if (localStorage.getItem(OFF)) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "yes");
    show();
  });
  bar.hidden = false;
  show();
}

// A paragraph's sign chooses it in the form beside the text, without asking the server.
const chooser = document.getElementById("id_say-paragraph");
for (const sign of chooser ? document.querySelectorAll(".pilcrow") : []) {
  sign.addEventListener("click", (event) => {
    event.preventDefault();
    chooser.value = sign.dataset.on;
    open("verb-say");
    document.getElementById("id_say-note").focus();
  });
}
