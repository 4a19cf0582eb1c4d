/* Reading without a network is switched off: delete what was kept, then go. */
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  await caches.delete("latest-issue");
  await registration.unregister();
}
