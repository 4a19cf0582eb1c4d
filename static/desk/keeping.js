// What is typed into the form of a piece goes to the server within seconds, and stands in this
// browser until it is there. The form works without; then only saving saves.
import { bring, message, renew } from "./bring.js";
import { forget, put } from "./copies.js";
import { hang, say } from "./saved_line.js";

const PAUSE = 2000; // after the last key
const LONGEST = 3500; // after the first key that is not on the server
const LOOK = 250; // between two looks at the form
const BEAT = 20000; // between two signs of life
const PATIENCE = 8000; // for an answer
const SLOWEST = 30000; // between two tries
const SMALL = 60000; // bytes a browser sends for a page that is gone

const form = document.getElementById("article_form");
const facts = document.getElementById("keeping").dataset;
const { address } = facts;
const person = Number(facts.person);
const NO_TYPING = new Set(["csrfmiddlewaretoken", "page_key", "sequence", "takes", "read_revision"]);
const input = (name) => form.elements.namedItem(name);

const newKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");

const page = input("page_key").value || newKey();
input("page_key").value = page;
// Numbers rise over reloads too; a clock that was set back is told by the server's answer.
let number = Math.max(Date.now(), Number(input("sequence").value) + 1 || 0);
let began = Number(facts.revision);
let takes = null;
if (input("takes").value) {
  const [taken, sequence] = input("takes").value.split(":");
  takes = { page: taken, sequence: Number(sequence) };
}

const typed = () => {
  const pairs = [];
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !NO_TYPING.has(name) && !/^_|__prefix__/.test(name)) {
      pairs.push([name, value]);
    }
  }
  return JSON.stringify(pairs);
};
const token = () => form.querySelector("[name=csrfmiddlewaretoken]").value;

// What the page holds, and what of it the server has. Both are JSON.
let held = null;
let there = null;
let firstUnsent = 0;
let composing = false;
let keptAt = "";
let stays = true; // in this browser
let failures = 0;
let stopped = ""; // why nothing is sent: signed_out, somebody_else
let busy = false;
let timer = 0;
let standing = {};

const isSent = () => held === there;
const clock = () => new Date().toLocaleTimeString("zh-CN", { hour12: false, timeZone: facts.zone });
const loaded = clock();

const show = () => {
  const files = [...form.querySelectorAll("input[type=file]")].some((each) => each.files.length);
  form.dataset.kept = isSent() && !files ? "yes" : "";
  if (stopped || failures) return say(stays ? "unsaved" : "nowhere", { when: keptAt || loaded });
  if (!isSent()) return say("typing");
  if (!keptAt) return say("");
  const values = { when: keptAt, who: standing.saved_by, why: standing.why_not };
  if (standing.piece) return say("slept", values);
  if (standing.why_not) return say("away", values);
  return say(standing.revision > began ? "moved" : "kept", values);
};

// Looking at the form

const look = () => {
  if (composing || held === null) return;
  const now = typed();
  if (now === held) return;
  held = now;
  number = Math.max(number + 1, Date.now());
  input("sequence").value = number;
  firstUnsent ||= Date.now();
  const copy = { page, address, began, takes, sequence: number, fields: held };
  put(person, copy).then((kept) => {
    stays = kept;
    if (!kept) show();
  });
  if (isSent()) forget(person, page, number); // typed and taken back
  plan();
  show();
};
let looking = 0;
const lookSoon = () => {
  looking ||= setTimeout(() => {
    looking = 0;
    look();
  }, LOOK);
};

// The editor tidies what it is given; what stands there when somebody begins is the beginning.
const begin = () => {
  if (held !== null) return;
  held = there = typed();
  if ("typed" in facts) there = null; // what the page came with is nowhere yet
};
const beginnings = ["keydown", "pointerdown", "beforeinput", "compositionstart", "paste", "drop"];
for (const name of beginnings) document.addEventListener(name, begin, { capture: true });
for (const name of ["input", "change", "formset:added", "formset:removed"]) {
  document.addEventListener(name, lookSoon);
}
document.addEventListener("compositionstart", () => { composing = true; });
document.addEventListener("compositionend", () => {
  composing = false;
  lookSoon();
});
setInterval(look, 1000); // what scripts put into the form tells nobody

// Sending

const plan = (wait = Math.min(PAUSE, Math.max(0, firstUnsent + LONGEST - Date.now()))) => {
  clearTimeout(timer);
  timer = setTimeout(send, wait);
};

const ask = async (method, body, more = {}) => {
  const headers = { Accept: "application/json", "X-CSRFToken": token() };
  if (body) headers["Content-Type"] = "application/json";
  const answer = await fetch(more.where ?? address, {
    method, body, headers, keepalive: Boolean(more.last), signal: AbortSignal.timeout?.(PATIENCE),
  });
  if (answer.status >= 500) throw new Error(String(answer.status));
  return [answer.ok, await answer.json()];
};

async function send({ last = false } = {}) {
  if ((busy && !last) || stopped || held === null || isSent()) return;
  const copy = { page, sequence: number, began, takes, fields: held };
  const body = message(person, copy);
  const small = new Blob([body]).size < SMALL;
  busy = true;
  try {
    const [done, answer] = await ask("POST", body, { last: last && small });
    if (done) landed(copy, answer);
    else trouble(answer);
  } catch {
    failed();
  } finally {
    busy = false;
  }
  if (!stopped && !failures && !isSent()) plan();
  show();
}

const landed = (copy, answer) => {
  there = copy.fields;
  firstUnsent = isSent() ? 0 : Date.now();
  takes = null;
  keptAt = answer.kept?.at ?? clock();
  forget(person, page, copy.sequence);
  hear(answer);
};

const hear = (answer) => {
  failures = 0;
  standing = answer;
  if (answer.goes_on_from) {
    began = answer.goes_on_from;
    input("read_revision").value = began;
  }
  hang(answer.piece ? "slept" : "", answer);
  document.dispatchEvent(new CustomEvent("newsroom:standing", { detail: answer }));
};

const failed = () => {
  failures += 1;
  if (failures > 1) hang("unsaved", { when: keptAt || loaded });
  plan(Math.min(SLOWEST, 1000 * 2 ** failures));
};

const trouble = (answer) => {
  if (answer.trouble === "older") {
    number = Math.max(number, answer.sequence + 1);
    input("sequence").value = number;
    plan(0);
  } else if (answer.trouble === "too_often") {
    plan(1000);
  } else if (answer.trouble === "signed_out" || answer.trouble === "stale_token") {
    stop("signed_out");
    identify();
  } else if (answer.trouble === "somebody_else") {
    stop("somebody_else");
  } else {
    failures += 1;
    hang("refused", { why: answer.sentence });
    plan(10000); // it may have been shortened by then
  }
};

const stop = (why) => {
  stopped = why;
  hang(why);
  show();
};

// Who is signed in here? With a new secret the same person goes on; nobody else does.
const identify = async () => {
  try {
    const [done, answer] = await ask("GET", undefined, { where: facts.who });
    if (!done) return answer.trouble === "signed_out" && stop("signed_out");
    if (answer.person !== person) return stop("somebody_else");
    for (const each of document.querySelectorAll("[name=csrfmiddlewaretoken]")) each.value = answer.token;
    stopped = "";
    failures = 0;
    hang("");
    plan(0);
    show();
    if (isSent()) beat();
  } catch {
    // It is asked again.
  }
  return undefined;
};

const beat = async () => {
  if (stopped) return identify();
  if (busy || failures) return undefined;
  try {
    const [done, answer] = await ask("POST", JSON.stringify({ person, page, fields: null }));
    if (done) hear(answer);
    else trouble(answer);
  } catch {
    return undefined; // no typing is in danger; what is typed next says so
  }
  return show();
};
setInterval(beat, BEAT);
setInterval(() => stopped && identify(), 3000);

// Moments at which a page may end, and at which it goes on

const flush = () => {
  look();
  send({ last: true });
};
addEventListener("pagehide", flush);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") flush();
  else beat();
});
addEventListener("focus", () => stopped && beat());
addEventListener("online", () => failures && plan(0));
document.addEventListener("click", (event) => event.target.closest("[data-again]") && plan(0));
const leave = (event) => {
  look();
  if (!stopped || event.target !== form) return;
  event.preventDefault(); // it would be answered with a page to copy the words from
  event.stopImmediatePropagation();
  document.querySelector("#keeping-banner a")?.focus();
};
document.addEventListener("submit", leave, { capture: true });

// What an earlier page left in this browser

bring(person, token(), page).then((brought) => brought.includes(address) && renew("offers"));
if ("typed" in facts) {
  setTimeout(() => {
    begin();
    number += 1;
    input("sequence").value = number;
    plan(0);
  }, 500);
}
