// Who else is at the piece, and whether it was saved meanwhile: asked every few seconds.

const gettext = window.gettext || ((text) => text);
const EVERY = 5_000; // milliseconds; others see you go after thirty seconds without a word
const EVERY_BEHIND = 20_000;

const part = document.getElementById("together");
const list = document.getElementById("together-list");
const said = document.getElementById("together-said");
const newer = document.getElementById("together-newer");
const form = document.getElementById("article_form");
const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;

let typed = false;
let known = null; // who was here when last asked, by number
let told = Number(part.dataset.revision); // the newest revision the reader knows of
let timer;

form?.addEventListener("input", () => { typed = true; });

const began = () => form?.elements.read_revision?.value ?? part.dataset.revision;
const fill = (words, name) => words.replace("{name}", name);

// Comings and goings are said once, in one sentence, not with every answer.
const greet = (names) => {
  if (known) {
    const come = Object.keys(names).filter((key) => !(key in known)).map((key) => names[key]);
    const gone = Object.keys(known).filter((key) => !(key in names)).map((key) => known[key]);
    const words = [
      ...come.map((name) => fill(gettext("{name} has opened this piece too."), name)),
      ...gone.map((name) => fill(gettext("{name} has left this piece."), name)),
    ];
    if (words.length) said.textContent = words.join(" ");
  }
  known = names;
};

const warn = (answer) => {
  if (!newer) return;
  if (!answer) {
    newer.hidden = true;
    return;
  }
  document.getElementById("together-who").textContent = answer.said;
  document.getElementById("together-see").href = answer.address;
  newer.hidden = false;
  if (answer.revision > told) said.textContent = answer.said;
  told = Math.max(told, answer.revision);
};

const body = (more) =>
  new URLSearchParams({ csrfmiddlewaretoken: token, revision: began(), ...more });

const ask = async () => {
  const typing = typed;
  typed = false;
  try {
    const answer = await fetch(part.dataset.here, {
      method: "POST", body: body(typing ? { typed: "1" } : {}), redirect: "error",
    });
    if (!answer.ok) throw new Error(answer.statusText);
    const told = await answer.json();
    if (list.innerHTML !== told.html) list.innerHTML = told.html;
    greet(told.names);
    warn(told.newer);
  } catch {
    typed ||= typing; // the network is away, or the session: others say so; ask again later
  }
  plan();
};

const plan = () => {
  clearTimeout(timer);
  timer = setTimeout(ask, document.hidden ? EVERY_BEHIND : EVERY);
};

if (token) {
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  addEventListener("pagehide", () => navigator.sendBeacon(part.dataset.here, body({ leave: "1" })));
  addEventListener("pageshow", (event) => { if (event.persisted) ask(); });
  ask();
}
