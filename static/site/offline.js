// Lets a reader keep the latest issue on the device. Without a script, or where a browser cannot do
// it, the line in the footer stays hidden and nothing is missing.
const line = document.querySelector("[data-worker]");
if (line && "serviceWorker" in navigator && "caches" in window) {
  const { worker, list, off, on, getting, failed, kept } = line.dataset;
  const said = line.querySelector("span"), button = line.querySelector("button");
  const offer = said.textContent, workers = navigator.serviceWorker;

  const show = (words, name) => {
    said.textContent = words;
    button.textContent = name;
    button.disabled = !name;
    line.hidden = false;
  };
  const has = (name) => show(name ? kept.replace("{name}", name) : getting, on);

  const start = async () => {
    show(getting, off);
    try {
      await workers.register(worker);
      (await workers.ready).active.postMessage("keep");
    } catch {
      show(failed, off);
    }
  };
  const stop = async (registration) => {
    await registration.unregister();
    for (const name of await caches.keys()) await caches.delete(name);
    show(offer, off);
  };

  workers.addEventListener("message", (event) => has(event.data));
  button.addEventListener("click", async () => {
    const registration = await workers.getRegistration();
    await (registration ? stop(registration) : start());
  });

  if (await workers.getRegistration()) {
    const known = await caches.match(list);
    has(known && (await known.json()).name);
  } else {
    show(offer, off);
  }
}
