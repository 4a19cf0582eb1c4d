// Word files one by one, each with its own progress. The form works without it: all in one post.

const gettext = window.gettext || ((text) => text);
const form = document.getElementById("word-form");
const module = document.getElementById("outcomes");
const list = module?.querySelector(".rows");
const said = document.getElementById("outcomes-said");
let busy = false;

const named = (tag, className, text = "") => {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
};

const refused = (name, why) => {
  const row = named("li", "refused");
  const meta = named("div", "meta");
  meta.append(named("span", "state stop", gettext("Not filed")));
  row.append(named("div", "ttl", name), meta, named("p", "why-not", why));
  return row;
};

const waiting = (name) => {
  const row = named("li", "waiting");
  const meta = named("div", "meta");
  const state = named("span", "state", gettext("Waiting"));
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", name);
  meta.append(state);
  row.append(named("div", "ttl", name), meta, bar);
  return { row, state, bar };
};

// The server answers with the row that says what became of the file.
const sent = (file, { state, bar }) =>
  new Promise((done) => {
    const body = new FormData(form);
    body.delete("files");
    body.append("files", file, file.name);
    body.append("alone", "1");
    const request = new XMLHttpRequest();
    state.textContent = gettext("On its way");
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.value = total ? loaded / total : 0;
    });
    request.upload.addEventListener("load", () => {
      state.textContent = gettext("Being read");
      bar.removeAttribute("value");
    });
    const failed = (why) => done(refused(file.name, why));
    request.addEventListener("load", () => {
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      const row = page.querySelector("body > li.filed, body > li.refused");
      if (row) done(document.importNode(row, true));
      else if (request.status === 413) failed(gettext("The file is too large for this server."));
      else failed(gettext("You have been signed out, or the server is busy. Sign in again in another window, then send it once more."));
    });
    request.addEventListener("error", () =>
      failed(gettext("The network was lost. Send it once more; a file is never filed twice.")),
    );
    request.open("POST", form.action || location.href);
    request.send(body);
  });

const bring = async (files) => {
  const rows = files.map((file) => waiting(file.name));
  list.append(...rows.map(({ row }) => row));
  module.hidden = false;
  let filed = 0;
  for (const [at, file] of files.entries()) {
    const large = file.size > Number(form.dataset.largest);
    const row = large
      ? refused(file.name, gettext("The file is too large. Make its pictures smaller."))
      : await sent(file, rows[at]);
    rows[at].row.replaceWith(row);
    if (row.classList.contains("filed")) filed += 1;
  }
  const words = gettext("{filed} of {count} files are in the desk now.");
  said.textContent = words.replace("{filed}", filed).replace("{count}", files.length);
};

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (busy) return;
  busy = true;
  const button = form.querySelector("button[type=submit]");
  button.setAttribute("aria-disabled", "true");
  await bring([...form.elements.files.files]);
  form.reset();
  button.removeAttribute("aria-disabled");
  busy = false;
});
addEventListener("beforeunload", (event) => {
  if (busy) event.preventDefault();
});
