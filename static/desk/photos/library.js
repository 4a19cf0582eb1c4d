// A picture of the library is put into the piece: chosen in a dialog, then like one that has come.
// Without it the link leads to the library, where one is put into a piece as well.
const opener = document.getElementById("from-library");
const facts = opener.dataset;
const dialog = document.createElement("dialog");
dialog.className = "dialog pick";
dialog.setAttribute("aria-labelledby", "pick-title");
document.body.append(dialog); // a form in it must not stand in the form of the piece

const say = (words) => {
  const why = dialog.querySelector("[role=alert]");
  if (!why) return;
  why.textContent = words;
  why.hidden = false;
};

const show = async (asked) => {
  const query = new URLSearchParams(asked);
  const answer = await fetch(`${facts.address}?${query}`).catch(() => null);
  if (!answer?.ok || answer.redirected) return dialog.open ? say(facts.trouble) : open(opener.href, "_blank");
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  dialog.replaceChildren(...page.body.childNodes);
  if (!dialog.open) dialog.showModal();
  return dialog.querySelector("#pick-words").focus();
};

const choose = async (button) => {
  const headers = {
    Accept: "application/json",
    "Content-Type": "application/json",
    "X-CSRFToken": document.querySelector("#article_form [name=csrfmiddlewaretoken]").value,
  };
  const body = JSON.stringify({
    person: Number(facts.person),
    article: facts.article ? Number(facts.article) : null,
    picture: Number(button.dataset.picture),
  });
  button.disabled = true;
  const answer = await fetch(facts.address, { method: "POST", headers, body }).then((each) => each.json()).catch(() => null);
  button.disabled = false;
  if (!answer?.photo) return say(answer?.sentence ?? facts.trouble);
  dialog.close();
  return document.dispatchEvent(new CustomEvent("newsroom:photo-arrived", { detail: answer }));
};

opener.addEventListener("click", (event) => {
  event.preventDefault();
  show({});
});
dialog.addEventListener("submit", (event) => {
  event.preventDefault();
  show({ q: dialog.querySelector("#pick-words").value });
});
dialog.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (event.target === dialog || (button && "close" in button.dataset)) dialog.close();
  else if (button?.dataset.picture) choose(button);
  else if (button?.dataset.page) show({ q: dialog.querySelector("#pick-words").value, page: button.dataset.page });
});
