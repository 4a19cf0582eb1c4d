// How far an import is, asked for every few seconds; without this script a link does it.
const shown = document.getElementById("import-progress");

const again = async () => {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (answer.ok && !answer.redirected) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("import-progress");
      if (!fresh) return location.reload();
      const bar = shown.querySelector("progress");
      bar.value = fresh.querySelector("progress").value;
      bar.max = fresh.querySelector("progress").max;
      shown.querySelector("p").textContent = fresh.querySelector("p").textContent;
    }
  } catch {
    // no network for a moment: what is shown stays, and is asked for again
  }
  setTimeout(again, 3000);
};

if (shown) setTimeout(again, 2000);
