// Moving a card with keys: Space picks up and puts down, arrows go, Escape puts back.

import { aim, cardsOf, held, letGo, lists, pick, placeName } from "./held.js";
import { fill, say } from "./telling.js";

const gettext = window.gettext || ((text) => text);
const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

const tell = () => {
  const values = { place: placeName(), count: cardsOf(held.list).length + 1 };
  const inTray = held.list.dataset.page === "";
  say(fill(inTray ? gettext("In the tray") : gettext("{place} of {count}"), values));
};

const go = ([pages, places]) => {
  const all = lists();
  const at = all.indexOf(held.list);
  if (pages) {
    const list = all[Math.min(Math.max(at + pages, 0), all.length - 1)];
    if (list !== held.list) aim(list, Math.min(held.index, cardsOf(list).length));
  } else {
    const index = Math.min(Math.max(held.index + places, 0), cardsOf(held.list).length);
    aim(held.list, index);
  }
  document.querySelector(".slot.target")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  tell();
};

// Without a card in the hand the arrows go from card to card.
const look = (card, [pages, places]) => {
  const all = lists();
  const list = card.closest(".cards");
  const here = cardsOf(list).indexOf(card);
  const step = (at) => {
    const cards = at && cardsOf(at);
    return cards && (cards.length ? cards : step(all[all.indexOf(at) + pages]));
  };
  const cards = pages ? step(all[all.indexOf(list) + pages]) : cardsOf(list);
  const next = cards?.[pages ? Math.min(here, cards.length - 1) : here + places];
  next?.querySelector(".grip")?.focus();
};

const lift = (card) => {
  pick(card);
  aim(held.list, held.index);
  say(fill(gettext("Picked up “{title}”. {place} of {count}. Arrows move it, Space puts it down."), {
    title: card.dataset.title, place: placeName(), count: cardsOf(held.list).length + 1,
  }));
};

export const listen = ({ drop, weigh, undo }) => {
  const typing = (event) => event.target.closest?.("input, select, textarea, dialog");
  const inHand = (event) => {
    if (event.key in ARROWS) return go(ARROWS[event.key]);
    if (event.key === " " || event.key === "Enter") return drop(letGo());
    if (event.key.toLowerCase() === "l") {
      aim(held.list, 0, held.list.dataset.page !== "");
      return drop(letGo());
    }
    if (event.key === "Escape" || event.key === "Tab") {
      letGo();
      drop(null);
      return event.key === "Tab" ? "let the focus go" : null;
    }
    return "not ours";
  };
  const onCard = (event, card) => {
    if (event.key === " " && event.target.closest(".grip")) return lift(card);
    if (event.key in ARROWS && event.target.closest(".grip")) return look(card, ARROWS[event.key]);
    const key = event.key.toLowerCase();
    if (key === "l" && card.dataset.weight) return weigh(card, "lead");
    if (key === "b" && card.dataset.weight) return weigh(card, "brief");
    return "not ours";
  };
  addEventListener("keydown", (event) => {
    if (typing(event) || event.isComposing || event.altKey) return;
    if (!document.getElementById("board").hasAttribute("data-open")) return;
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() !== "z" || event.shiftKey || event.repeat) return;
      event.preventDefault();
      return held.card ? null : undo();
    }
    const card = event.target.closest?.(".card[data-piece]");
    if (!held.card && !card?.querySelector(".grip")) return;
    const done = held.card ? inHand(event) : onCard(event, card);
    if (done !== "not ours" && done !== "let the focus go") event.preventDefault();
  });
  // A summary opens when the space bar comes up again.
  addEventListener("keyup", (event) => {
    if (event.key === " " && event.target.closest?.("#board .grip")) event.preventDefault();
  });
};
