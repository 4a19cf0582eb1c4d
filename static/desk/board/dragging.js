// Moving a card with a mouse, a finger or a pen. A finger drags by the grip; elsewhere it scrolls.

import { aim, cardsOf, held, letGo, pick } from "./held.js";

const FAR = 6; // pixels before a press becomes a drag
const EDGE = 56; // pixels from an edge within which the page scrolls along
const STEP = 14;

let pressed = null;
let ghost = null;
let at = { x: 0, y: 0 };

const under = () => document.elementFromPoint(at.x, at.y)?.closest?.("#board .page, #tray");

const target = () => {
  const place = under();
  const list = place?.querySelector(".cards[data-page]");
  if (!list) return;
  const over = document.elementFromPoint(at.x, at.y);
  if (over.closest("[data-lead]") && cardsOf(list).length) return aim(list, 0, true);
  const middles = cardsOf(list).map((each) => {
    const box = each.getBoundingClientRect();
    return (box.top + box.bottom) / 2;
  });
  const index = middles.findIndex((middle) => at.y < middle);
  aim(list, index < 0 ? middles.length : index);
};

const follow = () => {
  ghost.style.left = `${at.x - pressed.dx}px`;
  ghost.style.top = `${at.y - pressed.dy}px`;
};

const scrollAlong = () => {
  if (!ghost) return;
  const board = document.querySelector(".board");
  const box = board.getBoundingClientRect();
  const down = at.y > innerHeight - EDGE ? STEP : at.y < EDGE ? -STEP : 0;
  const inside = at.y > box.top && at.y < box.bottom;
  const right = inside && at.x > Math.min(box.right, innerWidth) - EDGE ? STEP : 0;
  const left = inside && at.x < Math.max(box.left, 0) + EDGE ? -STEP : 0;
  if (down) scrollBy(0, down);
  if (board.scrollWidth > board.clientWidth && (left || right)) board.scrollLeft += left + right;
  if (down || left || right) target();
  requestAnimationFrame(scrollAlong);
};

const begin = () => {
  const box = pressed.card.getBoundingClientRect();
  Object.assign(pressed, { dx: pressed.x - box.left, dy: pressed.y - box.top });
  ghost = pressed.card.cloneNode(true);
  ghost.removeAttribute("id");
  ghost.classList.add("ghost");
  ghost.setAttribute("aria-hidden", "true");
  ghost.inert = true;
  ghost.style.width = `${box.width}px`;
  document.body.append(ghost);
  getSelection()?.removeAllRanges();
  pick(pressed.card);
  document.documentElement.classList.add("dragging");
  requestAnimationFrame(scrollAlong);
};

const end = () => {
  ghost?.remove();
  ghost = null;
  pressed = null;
  document.documentElement.classList.remove("dragging");
};

// What a press ends with is no click on what lay under it.
const swallowClick = () => {
  const swallow = (event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", swallow, { capture: true }));
};

export const listen = (drop) => {
  const board = document.getElementById("board");
  board.addEventListener("dragstart", (event) => {
    if (event.target.closest(".card")) event.preventDefault();
  });
  board.addEventListener("pointerdown", (event) => {
    const card = event.target.closest("[data-open] .card[data-piece]");
    if (!card?.querySelector(".grip") || event.button !== 0 || held.card) return;
    const grip = event.target.closest(".grip");
    if (!grip && (event.pointerType !== "mouse" || event.target.closest("form"))) return;
    pressed = { card, id: event.pointerId, x: event.clientX, y: event.clientY };
  });
  addEventListener("pointermove", (event) => {
    if (!pressed || event.pointerId !== pressed.id) return;
    at = { x: event.clientX, y: event.clientY };
    if (!ghost && Math.hypot(at.x - pressed.x, at.y - pressed.y) < FAR) return;
    if (!ghost) begin();
    event.preventDefault();
    follow();
    target();
  });
  addEventListener("pointerup", (event) => {
    if (!pressed || event.pointerId !== pressed.id) return;
    const dragged = Boolean(ghost);
    end();
    if (!dragged) return;
    swallowClick();
    drop(letGo());
  });
  const cancel = () => {
    if (!pressed) return;
    const dragged = Boolean(ghost);
    end();
    if (dragged && held.card) {
      letGo();
      drop(null);
    }
  };
  addEventListener("pointercancel", cancel);
  addEventListener("blur", cancel);
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !ghost) return;
    event.preventDefault();
    swallowClick();
    cancel();
  }, true);
};
