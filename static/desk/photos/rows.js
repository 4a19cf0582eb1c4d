// The rows of a piece's photographs: put in, moved, taken off. The form works without it.
export const gettext = window.gettext || ((text) => text);
export const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

export const group = document.getElementById("photos-group");
const said = document.getElementById("photo-intake-said");
export const say = (words) => { said.textContent = words; };

export const all = () => [...group.querySelectorAll(".inline-related.photo:not(.empty-form)")];
export const isOff = (row) => Boolean(row.querySelector("[name$='-DELETE']")?.checked);
export const standing = () => all().filter((row) => !isOff(row));
export const field = (row, name) => row.querySelector(`[name$='-${name}']`);

// What a script writes into a field is heard like typing: the words are kept, the list looks again.
export const write = (row, name, value) => {
  const input = field(row, name);
  if (!input) return;
  if (input.type === "checkbox") input.checked = Boolean(value);
  else input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
};

// The order is the numbers in the fields; the rows stand in it.
export const number = () => {
  const rows = standing();
  for (const row of all().filter(isOff)) {
    row.querySelector(".no").textContent = field(row, "caption").value.slice(0, 16) || gettext("Photo");
  }
  rows.forEach((row, at) => {
    const place = field(row, "position");
    if (place.value !== String(at + 1)) write(row, "position", at + 1);
    row.querySelector(".no").textContent = filled(gettext("Photo {number}"), { number: at + 1 });
    row.querySelector(".lead").hidden = at > 0;
    const [up, down] = row.querySelectorAll("[data-move]");
    up.disabled = at === 0;
    down.disabled = at === rows.length - 1;
  });
};

// Photographs of one choice stand in its order, whichever arrives first.
export const inTurn = (row, turn) => {
  row.dataset.turn = turn;
  const later = standing().find((each) => each !== row && Number(each.dataset.turn) > turn);
  if (later) put(row, later);
};

const put = (row, before) => {
  const holder = row.parentNode;
  const stays = document.activeElement; // moving an element takes the cursor out of it
  holder.insertBefore(row, before);
  if (row.contains(stays)) stays.focus({ preventScroll: true });
};

const move = (row, step) => {
  const rows = standing();
  const at = rows.indexOf(row);
  const beside = rows[at + step];
  if (!beside) return;
  put(row, step < 0 ? beside : beside.nextSibling);
  number();
  const button = row.querySelector(`[data-move="${step}"]`);
  if (button.disabled) row.querySelector(`[data-move="${-step}"]`).focus();
  say(filled(gettext("Photo {old} is number {number} now."), { old: at + 1, number: at + 1 + step }));
};

export const takeOff = (row, off) => {
  const gone = field(row, "DELETE");
  gone.checked = off;
  gone.dispatchEvent(new Event("change", { bubbles: true }));
  row.classList.toggle("off", off);
  row.querySelector(".taken-off").hidden = !off;
  number();
  row.querySelector(off ? "[data-put-back]" : "[data-take-off]").focus();
  say(off ? gettext("Taken off.") : gettext("It is back."));
};

// By finger or mouse, at the handle: the row follows over its neighbours.
const drag = (row, grip, event) => {
  event.preventDefault();
  grip.setPointerCapture(event.pointerId);
  row.classList.add("dragged");
  const follow = ({ clientY }) => {
    const others = standing().filter((each) => each !== row);
    const after = others.find((each) => {
      const { top, height } = each.getBoundingClientRect();
      return clientY < top + height / 2;
    });
    const rows = standing();
    const next = rows[rows.indexOf(row) + 1];
    if (after !== next && after) put(row, after);
    else if (!after && next) put(row, others.at(-1).nextSibling);
    if (clientY < 80) scrollBy(0, -12);
    else if (clientY > innerHeight - 120) scrollBy(0, 12);
  };
  const end = () => {
    row.classList.remove("dragged");
    grip.removeEventListener("pointermove", follow);
    number();
  };
  grip.addEventListener("pointermove", follow);
  grip.addEventListener("lostpointercapture", end, { once: true });
};

const furnish = (row) => {
  for (const part of row.querySelectorAll(".grip, .moves, [data-propose], .double .acts")) part.hidden = false;
  const grip = row.querySelector(".grip");
  grip.addEventListener("pointerdown", (event) => drag(row, grip, event));
  row.querySelector(".check.delete").hidden = true;
  row.querySelector(".field-position").hidden = true;
  if (isOff(row)) {
    row.classList.add("off");
    row.querySelector(".taken-off").hidden = false;
  }
};

const ready = new Set();
export const start = (row, also = () => {}) => {
  if (ready.has(row)) return;
  ready.add(row);
  furnish(row);
  also(row);
};

group?.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const row = button?.closest(".inline-related.photo");
  if (!row) return;
  if (button.dataset.move) move(row, Number(button.dataset.move));
  else if ("takeOff" in button.dataset) takeOff(row, true);
  else if ("putBack" in button.dataset) takeOff(row, false);
  else if (button.dataset.propose) accept(row, button);
});

// Who took it says what is printed, unless somebody has written that otherwise.
const creditFrom = (select) => {
  const row = select.closest(".inline-related.photo");
  const credit = row && field(row, "credit");
  if (!credit || !select.value || (credit.value && credit.value !== row.dataset.credit)) return;
  row.dataset.credit = `${select.selectedOptions[0].textContent.trim()} 摄`;
  write(row, "credit", row.dataset.credit);
  row.querySelector("[data-propose=credit]")?.closest(".proposal").remove();
};
// By the stock chooser's own events, which are not the browser's.
window.django?.jQuery?.(group).on("change", "select[name$='-photographer']", (event) => creditFrom(event.target));

const accept = (row, button) => {
  write(row, button.dataset.propose, button.dataset.words);
  field(row, button.dataset.propose).focus();
  button.closest(".proposal").remove();
};

// In the order that was typed, where the page came back with what was in the way.
export const sort = () => {
  const rows = all();
  const places = new Map(rows.map((row, at) => [row, Number(field(row, "position").value) || rows.length + at]));
  const sorted = [...rows].sort((one, other) => places.get(one) - places.get(other));
  const end = rows.at(-1)?.nextSibling;
  if (sorted.some((row, at) => row !== rows[at])) for (const row of sorted) end.parentNode.insertBefore(row, end);
};

// A new row, as the stock script of the admin makes one.
export const fresh = () => {
  group.querySelector(".add-row a").click();
  return all().at(-1);
};
