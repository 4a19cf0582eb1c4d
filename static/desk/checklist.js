// The checklist beside the form follows what is typed: it asks the same checks the server asks.
const form = document.getElementById("article_form");
const place = document.getElementById("checks");
const WAIT = 700; // milliseconds without a keystroke

if (form && place) {
  const said = document.getElementById("checks-said");
  let timer, asking, composing = false;

  // What the form would send, without the files: of these only the names.
  const typed = () => {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.set(name, value.name);
    return new URLSearchParams([...data]);
  };

  const show = (html) => {
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("details");
    const shown = place.querySelector("details");
    if (!fresh || fresh.innerHTML === shown.innerHTML) return;
    const counts = fresh.querySelector(".counts").textContent;
    const changed = counts !== shown.querySelector(".counts").textContent;
    const focus = place.contains(document.activeElement) && document.activeElement.hash;
    shown.querySelector(".counts").replaceWith(fresh.querySelector(".counts"));
    shown.querySelector(".checklist").replaceWith(fresh.querySelector(".checklist"));
    if (focus) {
      const again = [...place.querySelectorAll("a")].find((link) => link.hash === focus);
      (again ?? shown.querySelector("summary")).focus();
    }
    if (changed) said.textContent = counts;
  };

  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(place.dataset.check, {
        method: "POST",
        body: typed(),
        redirect: "error",
        signal: asking.signal,
      });
      place.classList.toggle("stale", !answer.ok);
      if (answer.ok) show(await answer.text());
    } catch (problem) {
      if (problem.name !== "AbortError") place.classList.add("stale"); // asked again when typing goes on
    }
  };

  const later = () => {
    clearTimeout(timer);
    if (!composing) timer = setTimeout(ask, WAIT);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  document.addEventListener("formset:added", later);
  document.addEventListener("formset:removed", later);
  form.addEventListener("compositionstart", () => { composing = true; clearTimeout(timer); });
  form.addEventListener("compositionend", () => { composing = false; later(); });
  window.django?.jQuery?.(form).on("select2:select select2:clear", later);

  // A line leads to its field and puts the cursor there.
  const target = (id) => {
    const there = document.getElementById(id);
    if (there?.matches("textarea") && there.closest(".prose-editor"))
      return there.closest(".prose-editor").querySelector(".ProseMirror");
    if (there?.matches("input, select, textarea, button")) return there;
    return there?.querySelector("input:not([type=hidden]), select, textarea, button") ?? there;
  };
  place.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && target(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    if (!field.matches("input, select, textarea, button, a, [contenteditable]")) field.tabIndex = -1;
    field.focus();
    field.scrollIntoView({ block: "center" });
  });

  // On a phone it is one line with its counts until somebody opens it, here or from the bar below.
  if (matchMedia("(max-width: 56rem)").matches) {
    place.querySelector("details").open = false;
    const jump = document.createElement("a");
    jump.className = "checks-jump";
    jump.href = "#checks";
    const tell = () => {
      const name = place.querySelector("h2").textContent;
      const counts = place.querySelector(".counts").cloneNode(true);
      jump.replaceChildren(`${name} `, counts);
    };
    new MutationObserver(tell).observe(place, { childList: true, subtree: true });
    tell();
    jump.addEventListener("click", () => {
      place.querySelector("details").open = true;
      place.querySelector("summary").focus();
    });
    document.querySelector(".rail .dock")?.append(jump);
  }
}
