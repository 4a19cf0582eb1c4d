// The one line that says the truth about what is typed, and the banner over the form.
// All words stand in the page, as templates; a screen reader hears a state when it changes only.

const facts = document.getElementById("keeping");
const line = document.getElementById("saved-line");
const banners = document.getElementById("keeping-banner");
const heard = document.getElementById("keeping-heard");

const filled = (node, values) => {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    text.data = text.data.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }
  return node;
};
const template = (kind, state) => facts.querySelector(`template[data-${kind}="${state}"]`);

const first = line && [line.className, [...line.childNodes].map((node) => node.cloneNode(true))];
let shown = "";
export const say = (state, values = {}) => {
  if (state === "" && shown === "") return restore();
  const words = template("line", state);
  if (!words || !line) return;
  const icon = line.querySelector("use");
  icon?.setAttribute("href", `#s-${words.dataset.icon}`);
  line.className = `savedline ${words.dataset.tone}`;
  line.dataset.state = state;
  line.querySelector("span")?.replaceChildren(filled(words.content.cloneNode(true), values));
  // Being kept and kept follow each other all the time; that is no news to a listener.
  const news = state === "typing" ? shown : state;
  if (news !== shown && !(shown === "" && state === "kept")) {
    heard.textContent = line.querySelector("span").textContent.trim();
  }
  shown = news;
};

// What was typed has been taken back before it went anywhere.
const restore = () => {
  line.className = first[0];
  line.replaceChildren(...first[1].map((node) => node.cloneNode(true)));
};

let hanging = "";
export const hang = (state, values = {}) => {
  if (state === hanging) return;
  hanging = state;
  const words = state && template("banner", state);
  banners.replaceChildren(...(words ? [filled(words.content.cloneNode(true), values)] : []));
  const piece = banners.querySelector("[data-piece]");
  if (piece) piece.href = values.piece;
  // On a phone the banner is out of sight while one types; the way out stands in the line too.
  line?.querySelector("a.way")?.remove();
  const way = banners.querySelector("a")?.cloneNode(true);
  if (!way || !line) return;
  way.className = "way";
  way.removeAttribute("id");
  line.append(way);
};
