// A card in somebody's hand: where it would be put down, whatever moves it there.

import { fill } from "./telling.js";

const gettext = window.gettext || ((text) => text);

export const lists = () => [...document.querySelectorAll("#board .cards[data-page]")];
export const cardsOf = (list) =>
  [...list.querySelectorAll(":scope > .card")].filter((each) => each !== held.card);

export const held = { card: null, list: null, index: 0, lead: false };
const marker = document.createElement("li");
marker.className = "slot target";

export const placeName = ({ list, index, lead } = held) => {
  if (list.dataset.page === "") return list.dataset.name;
  const words = lead ? gettext("{page}, lead") : gettext("{page}, place {place}");
  return fill(words, { page: list.dataset.name, place: index + 1 });
};

export const pick = (card) => {
  const list = card.closest(".cards");
  const index = [...list.querySelectorAll(":scope > .card")].indexOf(card);
  Object.assign(held, { card, list, index, lead: false, from: { list, index } });
  card.classList.add("held");
  const word = card.querySelector(".grip-word");
  held.word = word?.textContent;
  if (word) word.textContent = gettext("Picked up");
};

export const aim = (list, index, lead = false) => {
  Object.assign(held, { list, index, lead });
  const cards = cardsOf(list);
  marker.textContent = fill(gettext("Put it here: {place}"), { place: placeName() });
  const next = lead ? list.querySelector(":scope > [data-lead]") : cards[index];
  if (next) next.before(marker);
  else if (cards.length) cards.at(-1).after(marker);
  else list.prepend(marker);
};

export const isHome = () =>
  !held.lead && held.list === held.from.list &&
  (held.list.dataset.page === "" || held.index === held.from.index);

// Open the hand. Returns what was in it and where it was to go.
export const letGo = () => {
  const { card, list, index, lead } = held;
  const cards = cardsOf(list);
  const before = cards[index]?.dataset.piece ?? "";
  const after = cards[index - 1]?.dataset.piece ?? "";
  const home = isHome();
  card.classList.remove("held");
  const word = card.querySelector(".grip-word");
  if (word) word.textContent = held.word;
  marker.remove();
  held.card = null;
  return { card, list, index, lead, before, after, home };
};
