// The board as it is stored, put in place of the one that is shown: only the parts that differ.

import { storedAt } from "./telling.js";

const root = () => document.getElementById("board");
const partsOf = (board) =>
  new Map([...board.querySelectorAll("[data-part]")].map((each) => [each.dataset.part, each]));
const text = (part) =>
  part.outerHTML.replace(/(name="csrfmiddlewaretoken" value=")[^"]*/g, "$1");

// As the server last sent them; what the script and the reader did to them since is not news.
const sent = new Map([...partsOf(root())].map(([name, part]) => [name, text(part)]));

// A field somebody is at stays until they leave it: its part waits.
const isInUse = (part) => {
  const at = document.activeElement;
  return part.contains(at) && at.matches("input:not([type=hidden]), select, textarea");
};

// What was chosen and typed elsewhere, and which forms are open, goes over into the new part.
const fieldsOf = (part) =>
  [...part.querySelectorAll("input:not([type=hidden]), select, textarea")].filter((each) => each.form);
const keyOf = (field) =>
  [field.closest(".card, section, [data-part]")?.id, field.form.getAttribute("action"), field.name].join();
const isChanged = (field) => {
  if (!field.matches("select")) return field.value !== field.defaultValue;
  const usual = [...field.options].findIndex((each) => each.defaultSelected);
  return field.selectedIndex !== Math.max(usual, 0);
};
const typedIn = (part) => {
  const changed = fieldsOf(part).filter((each) => each.checkVisibility?.() && isChanged(each));
  return new Map(changed.map((each) => [keyOf(each), each.value]));
};
const typeInto = (part, typed) => {
  for (const field of fieldsOf(part)) {
    if (typed.has(keyOf(field))) field.value = typed.get(keyOf(field));
  }
};

const foldsOf = (part) =>
  [...part.querySelectorAll("details")].map((each) => {
    const name = each.classList[0];
    const home = each.closest(".card")?.id ?? "";
    const alike = [...part.querySelectorAll(`${home ? `#${home} ` : ""}details.${name}`)];
    return [`${home} ${name} ${alike.indexOf(each)}`, each];
  });
const openIn = (part) =>
  new Set(foldsOf(part).filter(([, each]) => each.open).map(([key]) => key));
const reopen = (part, open) => {
  for (const [key, each] of foldsOf(part)) if (open.has(key)) each.open = true;
};

const focused = () => {
  const at = document.activeElement;
  const card = at?.closest?.(".card[data-piece]");
  return card && { id: card.id, link: Boolean(at.closest("a")) };
};
export const focusOn = (id, link = false) => {
  const card = document.getElementById(id);
  (card?.querySelector(link ? ".ttl a" : ".grip") ?? card?.querySelector(".ttl a"))?.focus();
};

let waiting = null;
const swap = (board) => {
  const here = partsOf(root());
  const there = partsOf(board);
  const pages = (map) => [...map.keys()].filter((name) => name.startsWith("page-")).join();
  let left = false;
  if (pages(here) !== pages(there)) {
    root().querySelector(".board").replaceChildren(...board.querySelector(".board").childNodes);
  }
  for (const [name, part] of there) {
    const fresh = text(part);
    const old = here.get(name);
    if (!old?.isConnected || sent.get(name) === fresh) {
      sent.set(name, fresh);
      continue;
    }
    if (isInUse(old)) {
      left = true;
      continue;
    }
    const [open, typed] = [openIn(old), typedIn(old)];
    old.replaceWith(part);
    reopen(part, open);
    typeInto(part, typed);
    sent.set(name, fresh);
  }
  return left;
};

const marked = (board) =>
  new Map([...board.querySelectorAll(".card")].map((each) => [each.id, each.dataset.moved]));

// Show what a document of the server holds. Returns whether a part had to wait.
export const show = (html) => {
  const board = new DOMParser().parseFromString(html, "text/html").getElementById("board");
  const before = marked(root());
  const focus = focused();
  storedAt(board.querySelector("#board-saved span").textContent);
  root().toggleAttribute("data-open", board.hasAttribute("data-open"));
  const copy = board.cloneNode(true);
  waiting = swap(board) ? copy : null;
  for (const card of root().querySelectorAll(".card")) {
    const was = before.get(card.id);
    if (was !== undefined && was !== card.dataset.moved) card.classList.add("came");
  }
  if (focus && !document.getElementById(focus.id)?.contains(document.activeElement)) {
    focusOn(focus.id, focus.link);
  }
};

// Parts that waited for somebody to finish typing.
export const catchUp = () => {
  if (waiting) waiting = swap(waiting.cloneNode(true)) ? waiting : null;
};
// A part that the script has changed is no longer what the server sent.
export const forget = (inside) => sent.delete(inside.closest("[data-part]")?.dataset.part);
