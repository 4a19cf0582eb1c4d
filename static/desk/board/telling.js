// What the board says: the line that tells whether all is stored, refusals, and words to hear.

const gettext = window.gettext || ((text) => text);
export const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

const heard = document.getElementById("board-said");
const refused = document.getElementById("board-refused");

export const say = (words) => { heard.textContent = words; };

const icon = (name) => {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const use = document.createElementNS(space, "use");
  svg.setAttribute("class", "i");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#s-${name}`);
  svg.append(use);
  return svg;
};

export const clear = () => refused.replaceChildren();
export const refuse = (words) => {
  const banner = document.createElement("div");
  banner.className = "banner stop";
  const text = document.createElement("div");
  text.className = "txt";
  text.textContent = words;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "btn tight";
  close.textContent = gettext("I have seen it");
  close.addEventListener("click", clear);
  banner.append(icon("block"), text, close);
  refused.replaceChildren(banner);
};

// The line: what it says when all is stored comes from the server, with the server's clock.

let stored = document.querySelector("#board-saved span").textContent;
let state = "stored";
export const storedAt = (words) => { stored = words; };

const LINES = {
  stored: ["ok", "ok", () => stored],
  saving: ["clock", "", () => gettext("Storing…")],
  away: ["off", "stop", () => gettext("The server does not answer: you see what was, and nothing is stored.")],
  expired: ["lock", "stop", () => gettext("Your session has ended: nothing is stored.")],
};

export const line = (name) => {
  const place = document.getElementById("board-saved");
  const [shape, tone, words] = LINES[name];
  const text = document.createElement("span");
  text.textContent = words();
  const parts = [icon(shape), text];
  if (name === "expired") {
    const way = document.createElement("a");
    way.href = location.href;
    way.textContent = gettext("Sign in again");
    parts.push(" ", way);
  }
  place.className = tone;
  place.dataset.state = name;
  place.replaceChildren(...parts);
  if (name !== state && (name === "away" || name === "expired")) say(words());
  if (name === "stored" && (state === "away" || state === "expired")) say(stored);
  state = name;
};
