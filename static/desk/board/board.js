// The board of an issue: moves by mouse, finger and keys, and what others do meanwhile.
// Every move also has a form on its card, which works without this.

import { inTurn, isBusy, post } from "./asking.js";
import { listen as listenToPointer } from "./dragging.js";
import { catchUp, focusOn, forget, show } from "./fresh.js";
import { held, cardsOf } from "./held.js";
import { listen as listenToKeys } from "./keyboard.js";
import { clear, fill, line, refuse, say } from "./telling.js";

const gettext = window.gettext || ((text) => text);
const EVERY = 2_500; // milliseconds; others see you go after twenty seconds without a word
const EVERY_BEHIND = 12_000;
const EVERY_AWAY = 5_000;
const WHOLE_EVERY = 60_000; // what the board says of the time to go is no older

const board = document.getElementById("board");
let mark = board.dataset.mark;
let shownAt = Date.now();
let unseen = null; // what came while a card was in somebody's hand
const mine = new Map(); // the last move of pieces that the reader has moved here

// What came is shown at once, or when the hand is empty again.
const take = (answer) => {
  mark = answer.mark;
  shownAt = Date.now();
  if (held.card) {
    unseen = answer;
    return;
  }
  unseen = null;
  show(answer.html);
};
const takeUnseen = () => {
  if (unseen) take(unseen);
};

const seenOf = (card) => {
  const now = document.getElementById(card.id) ?? card;
  return String(Math.max(Number(now.dataset.moved), mine.get(card.dataset.piece) ?? 0));
};
const remember = (html, piece) => {
  const found = new DOMParser().parseFromString(html, "text/html").getElementById(`piece-${piece}`);
  if (found) mine.set(piece, Number(found.dataset.moved));
};

const trouble = (kind, card) => {
  line(kind);
  refuse(kind === "expired"
    ? gettext("Not stored: your session has ended. Sign in again, then move it once more.")
    : gettext("Not stored: the server does not answer. The piece is back where it was."));
  if (card) focusOn(card.id);
};

// One move. ``back`` puts the card where it was if the move is not stored.
const move = (kind, data, { piece, done = "", back = () => {} } = {}) => {
  line("saving");
  return inTurn(async () => {
    let answer;
    try {
      answer = await post(kind, typeof data === "function" ? data() : data);
    } catch (error) {
      back();
      trouble(error.kind ?? "away", piece && document.getElementById(`piece-${piece}`));
      return;
    }
    if (answer.refused) refuse(answer.said);
    else clear();
    if (piece && !answer.refused) remember(answer.html, piece);
    take(answer);
    line("stored");
    if (!answer.refused) say(done);
    if (piece) focusOn(`piece-${piece}`);
  });
};

const drop = (let_go) => {
  if (!let_go || let_go.home) {
    takeUnseen();
    if (let_go) focusOn(let_go.card.id);
    say(gettext("Put back where it was."));
    return;
  }
  const { card, list, index, lead, before, after } = let_go;
  const home = { parent: card.parentNode, next: card.nextSibling };
  const cards = cardsOf(list).filter((each) => each !== card);
  forget(card);
  forget(list);
  if (cards[index]) cards[index].before(card);
  else if (cards.length) cards.at(-1).after(card);
  else list.prepend(card);
  card.classList.add("saving");
  const piece = card.dataset.piece;
  const title = card.dataset.title;
  const off = list.dataset.page === "";
  const data = () => off
    ? { article: piece, seen: seenOf(card) }
    : {
      article: piece, seen: seenOf(card), page: list.dataset.page, position: index,
      before, after, weight: lead ? "lead" : "",
    };
  const back = () => {
    card.classList.remove("saving");
    home.parent.insertBefore(card, home.next?.parentNode === home.parent ? home.next : null);
  };
  const place = off ? list.dataset.name : fill(gettext("{page}, place {place}"), {
    page: list.dataset.name, place: index + 1,
  });
  const done = fill(gettext("Stored: “{title}” is at {place}."), { title, place });
  move(off ? "takeOff" : "place", data, { piece, done, back });
};

// L and B: another weight, and back to an ordinary piece. A lead goes to the top of its page.
const weigh = (card, weight) => {
  const given = card.dataset.weight === weight ? "normal" : weight;
  const list = card.closest(".cards");
  const data = () => ({
    article: card.dataset.piece, seen: seenOf(card), page: list.dataset.page, weight: given,
    ...(given === "lead" ? { position: 0 } : {}),
  });
  const words = {
    lead: gettext("“{title}” is the lead now."),
    brief: gettext("“{title}” is a brief now."),
    normal: gettext("“{title}” is an ordinary piece now."),
  };
  move("place", data, { piece: card.dataset.piece, done: fill(words[given], card.dataset) });
};

const undo = () => {
  const last = () => document.querySelector("[data-part=undo] [name=move]")?.value ?? "";
  if (!last()) return say(gettext("There is no move of yours to undo."));
  move("undo", () => ({ move: last() }), { done: gettext("Undone.") });
};

// The forms on the cards, without leaving the page.
board.addEventListener("submit", (event) => {
  const form = event.target;
  const card = form.action.endsWith("/place/") && form.closest(".card[data-piece]");
  const undoing = form.matches("[data-part=undo]");
  const moves = card && new URL(form.action).pathname.endsWith("/place/");
  if (!undoing && !moves) return;
  event.preventDefault();
  if (undoing) return undo();
  delete form.dataset.sent;
  const data = Object.fromEntries(new FormData(form, event.submitter));
  delete data.csrfmiddlewaretoken;
  const off = event.submitter?.hasAttribute("formaction");
  if (document.activeElement && form.contains(document.activeElement)) document.activeElement.blur();
  form.reset();
  form.closest("details").open = false;
  const piece = card.dataset.piece;
  const done = fill(gettext("Stored: “{title}”."), card.dataset);
  move(off ? "takeOff" : "place", () => ({ ...data, seen: seenOf(card) }), { piece, done });
});

// What others do.

let timer;
const plan = (wait) => {
  clearTimeout(timer);
  timer = setTimeout(ask, wait ?? (document.hidden ? EVERY_BEHIND : EVERY));
};
const lastMove = () => document.querySelector("[data-part=moved]").textContent;

const ask = async () => {
  if (isBusy()) return plan();
  let wait;
  try {
    const answer = await inTurn(() => post("here", { mark: Date.now() - shownAt > WHOLE_EVERY ? "" : mark }));
    const before = lastMove();
    if (answer) take(answer);
    else catchUp();
    line("stored");
    if (lastMove() !== before) say(lastMove());
  } catch (error) {
    line(error.kind ?? "away");
    wait = EVERY_AWAY;
  }
  plan(wait);
};

listenToPointer(drop);
listenToKeys({ drop, weigh, undo });
document.addEventListener("visibilitychange", () => { if (!document.hidden) plan(0); });
addEventListener("online", () => plan(0));
addEventListener("offline", () => line("away"));
addEventListener("pageshow", (event) => { if (event.persisted) plan(0); });
addEventListener("pagehide", () => {
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  const body = new URLSearchParams({ csrfmiddlewaretoken: token, leave: "1" });
  navigator.sendBeacon(board.dataset.here, body);
});
plan(0);
