// A mend without losing one's place: the answer replaces the proposal, the page does not move.
// Without this script every button is a plain form and the page comes back at the same piece.
"use strict";
const own = (form) => form.closest("#proposal") && !form.action.endsWith("/confirm/");
const opened = () => [...document.querySelectorAll("#proposal details[open]")].map(address);
const address = (details) => [details.closest("article").id,
  [...details.closest("article").querySelectorAll("details")].indexOf(details)].join("/");

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!own(form)) return;
  event.preventDefault();
  const button = event.submitter;
  const target = button?.hasAttribute("formaction") ? button.formAction : form.action;
  const unfolded = new Set(opened());
  const place = form.closest("article").id;
  const before = document.getElementById(place).getBoundingClientRect().top;
  try {
    const answer = await fetch(target, { method: "POST", body: new FormData(form, button) });
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.getElementById("proposal").replaceWith(page.getElementById("proposal"));
    showMessages(page);
    for (const details of document.querySelectorAll("#proposal details")) {
      if (unfolded.has(address(details))) details.open = true;
    }
    const now = document.getElementById(place) ?? document.querySelector("#proposal article");
    window.scrollBy(0, now.getBoundingClientRect().top - before);
    now.tabIndex = -1;
    now.focus({ preventScroll: true });
  } catch {
    HTMLFormElement.prototype.submit.call(plain(form, button, target));
  }
});

function showMessages(page) {
  document.querySelector(".messagelist")?.remove();
  const told = page.querySelector(".messagelist");
  if (told) document.getElementById("proposal").before(told);
}

// A form as it would have been sent: form.submit() forgets which button was pressed.
function plain(form, button, target) {
  if (button?.name) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = button.name;
    field.value = button.value;
    form.append(field);
  }
  form.action = target;
  return form;
}
