// Photographs come in: chosen, taken with the phone, dropped here or into the text; many at once,
// each with its progress. What came and was not saved is offered. The form works without it.
import { startFocus, showPicture } from "./focus.js";
import { all, field, filled, fresh, gettext, group, inTurn, number, say, sort, standing, start, write } from "./rows.js";
import { Queue, Transfer } from "./sending.js";

const place = document.getElementById("photo-intake");
const facts = place.dataset;
const list = place.querySelector(".transfers");
const token = () => document.querySelector("#article_form [name=csrfmiddlewaretoken]").value;
const desk = {
  address: facts.address,
  who: facts.who,
  person: Number(facts.person),
  article: facts.article ? Number(facts.article) : null,
  words: {
    refused: gettext("The server does not take it. Try it once more later."),
    unreadable: gettext("This device does not give the file any more. Choose it once more."),
  },
};
const queue = new Queue();
const under = new Set(); // on their way

const make = (tag, attributes, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};
const megabytes = (bytes) => (bytes / 1024 / 1024).toFixed(1);

// What each state says, and in which tone.
const WORDS = {
  waiting: ["", () => gettext("Waits its turn")],
  sending: ["", (of) => filled(gettext("{got} of {all} MB"), { got: megabytes(of.offset), all: megabytes(of.file.size) })],
  reading: ["", () => gettext("All here, being read")],
  off: ["warn", (of) => filled(gettext("No connection. {got} of {all} MB are there; it goes on by itself."), { got: megabytes(of.offset), all: megabytes(of.file.size) })],
  signed_out: ["warn", () => gettext("You are signed out. Sign in in a new window; it goes on by itself.")],
  somebody_else: ["stop", () => gettext("Somebody else is signed in here now; nothing is sent under their name.")],
  refused: ["stop", (of) => of.why],
};

class Line {
  constructor(transfer) {
    this.transfer = transfer;
    this.bar = make("progress", { max: "1", value: "0", "aria-label": transfer.file.name });
    this.state = make("span", { class: "state" });
    this.buttons = make("div", { class: "acts" });
    this.row = make("li", {}, make("div", { class: "ttl" }, transfer.file.name), this.state, this.bar, this.buttons);
    list.append(this.row);
    list.hidden = false;
  }

  show() {
    const { state } = this.transfer;
    if (!(state in WORDS)) return this.remove();
    const [tone, words] = WORDS[state];
    this.state.className = `state ${tone}`;
    this.state.textContent = words(this.transfer);
    if (state === "reading") this.bar.removeAttribute("value");
    else this.bar.value = this.transfer.share;
    this.bar.hidden = state === "refused";
    if (this.shown !== state) {
      this.buttons.replaceChildren(...this.offered(state));
      if (tone) say(`${this.transfer.file.name}: ${this.state.textContent}`);
    }
    this.shown = state;
    return undefined;
  }

  offered(state) {
    const button = (words, act) => {
      const made = make("button", { type: "button", class: "btn tight" }, words, make("span", { class: "visually-hidden" }, ` ${this.transfer.file.name}`));
      made.addEventListener("click", act);
      return made;
    };
    if (state === "refused") return [button(gettext("All right"), () => this.remove())];
    const cancel = button(gettext("Cancel"), () => this.transfer.cancel());
    if (state === "off") return [button(gettext("Try again now"), () => this.transfer.again()), cancel];
    if (state !== "signed_out") return [cancel];
    return [make("a", { class: "btn tight", href: facts.signin, target: "_blank" }, gettext("Sign in")), cancel];
  }

  remove() {
    this.row.remove();
    list.hidden = !list.children.length;
  }
}

// A row is given a picture: one that has just come, or one that came before.
const give = (row, answer) => {
  const { photo, key } = answer;
  const parsed = (html) => new DOMParser().parseFromString(html, "text/html").body.childNodes;
  row.dataset.number = field(row, "id")?.value || photo.number;
  row.querySelector(".focus").querySelector("picture, img")?.remove();
  row.querySelector(".focus").prepend(...parsed(photo.shown));
  row.querySelector(".notes").replaceChildren(...parsed(photo.notes));
  for (const acts of row.querySelectorAll(".double .acts")) acts.hidden = false;
  for (const button of row.querySelectorAll("[data-propose]")) {
    if (field(row, button.dataset.propose)?.value) button.closest(".proposal").remove();
    else button.hidden = false;
  }
  row.querySelector(".facts").hidden = photo.settled;
  for (const [name, value] of Object.entries(photo.facts)) write(row, name, value);
  write(row, "facts_read", JSON.stringify(photo.facts));
  write(row, "number", row.dataset.number);
  write(row, "taken", key);
  row.querySelector(".another").open = false;
  row.querySelector(".another summary").textContent = gettext("Another file");
  showPicture(row);
  document.dispatchEvent(new CustomEvent("newsroom:photo", { detail: { number: row.dataset.number } }));
};

const arrived = (answer, into, turn = 0) => {
  const row = into ?? fresh();
  start(row, startFocus);
  if (turn) inTurn(row, turn);
  give(row, answer);
  number();
  const count = standing().length;
  say(filled(gettext("It has come as photo {count}. Say what it shows, then save."), { count }));
  return row;
};

let turns = 0;
const send = (file, { into, placed } = {}) => {
  const turn = ++turns;
  const transfer = new Transfer(file, desk, () => {
    line.show();
    if (!transfer.isOver) return;
    under.delete(transfer);
    if (!under.size) place.querySelector(".wait").hidden = true;
    const row = transfer.state === "done" ? arrived(transfer.answer, into, turn) : null;
    placed?.(row ? row.dataset.number : null);
  });
  const line = new Line(transfer);
  under.add(transfer);
  if (file.size > Number(facts.largest)) transfer.say("refused", { why: gettext("It is larger than 40 MB. Make it smaller.") });
  else queue.add(transfer);
  line.show();
};

const sendAll = (files, more) => {
  for (const file of files) send(file, more);
};

// Chosen

for (const chooser of place.querySelectorAll("input[type=file]")) {
  chooser.addEventListener("change", () => {
    sendAll([...chooser.files]);
    chooser.value = ""; // what a script sends, the form need not bring
  });
}
place.querySelector(".shoot").addEventListener("click", () => document.getElementById("photos-shoot").click());
group.addEventListener("change", (event) => {
  const chooser = event.target.closest(".field-upload input[type=file]");
  if (!chooser?.files.length) return;
  const [file] = chooser.files;
  chooser.value = "";
  send(file, { into: chooser.closest(".inline-related") });
});

// One like it is there already: that one instead, or both.
group.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-instead], [data-keep-mine]");
  if (!button) return;
  const row = button.closest(".inline-related.photo");
  const address = `${desk.address}${field(row, "taken").value}/`;
  const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": token() };
  const body = JSON.stringify({ person: desk.person, instead: button.dataset.instead ?? "" });
  const answer = await fetch(address, { method: "POST", headers, body }).then((each) => each.json()).catch(() => null);
  if (!answer?.photo) return say(answer?.sentence ?? gettext("No connection. Try it again."));
  give(row, answer);
  return field(row, "caption").focus();
});

// Dropped

const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
let over = 0;
const light = (by) => {
  over = Math.max(0, over + by);
  group.classList.toggle("over", over > 0);
};
group.addEventListener("dragenter", (event) => hasFiles(event) && light(1));
group.addEventListener("dragleave", (event) => hasFiles(event) && light(-1));
group.addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault());
group.addEventListener("drop", (event) => {
  over = 0;
  light(0);
  if (!hasFiles(event)) return;
  event.preventDefault();
  sendAll([...event.dataTransfer.files]);
});
// Beside the place it would replace the page, and what is typed on it.
for (const name of ["dragover", "drop"]) {
  addEventListener(name, (event) => hasFiles(event) && !event.defaultPrevented && event.preventDefault());
}
document.addEventListener("newsroom:photos-dropped", ({ detail }) => send(detail.file, detail));

// Chosen in the library

document.addEventListener("newsroom:photo-arrived", ({ detail }) => {
  const stands = standing().find((row) => field(row, "taken").value === detail.key);
  const row = stands ?? arrived(detail);
  row.scrollIntoView({ block: "center" });
  field(row, "caption").focus();
});

// What came before

place.addEventListener("click", async (event) => {
  const line = event.target.closest(".waiting li");
  const button = line && event.target.closest("button");
  if (!button) return;
  const headers = { Accept: "application/json", "X-CSRFToken": token() };
  const method = "putIn" in button.dataset ? "GET" : "DELETE";
  const answer = await fetch(line.dataset.address, { method, headers }).then((each) => each.json()).catch(() => null);
  if (!answer || answer.trouble) return say(answer?.sentence ?? gettext("No connection. Try it again."));
  if (method === "GET") arrived(answer).scrollIntoView({ block: "center" });
  line.remove();
  if (!place.querySelector(".waiting li")) place.querySelector(".waiting").remove();
});
const stands = new Set(all().map((row) => field(row, "taken").value));
for (const line of place.querySelectorAll(".waiting li")) {
  if (stands.has(line.dataset.key)) line.remove();
  else line.querySelector(".acts").hidden = false;
}
if (!place.querySelector(".waiting li")) place.querySelector(".waiting")?.remove();

// Leaving while something is on its way asks first; what has arrived is not lost by it.
addEventListener("beforeunload", (event) => under.size && event.preventDefault());
document.addEventListener("submit", (event) => {
  if (event.target.id !== "article_form" || !under.size || event.defaultPrevented) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const why = place.querySelector(".wait");
  why.hidden = false;
  why.scrollIntoView({ block: "center" });
  say(why.textContent.trim());
}, { capture: true });

// The rows as the page brought them

place.querySelector(".plain").hidden = true;
for (const part of place.querySelectorAll(".scripted, .shoot")) part.hidden = false;
sort();
for (const row of all()) start(row, startFocus);
number();
document.addEventListener("formset:added", (event) => {
  if (event.detail.formsetName !== "photos") return;
  start(event.target, startFocus);
  number();
});
