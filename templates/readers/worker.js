{% load i18n %}/* Keeps the latest issue readable without a network, for readers who have asked for it.
   The network comes first, always. Only what the list names is ever kept: no preview, no form, no
   desk. What the list names no more, or what answers that it is gone, is deleted at once. */
const SHELF = "latest-issue";
const LIST = "{% url 'readers:shelf' %}", INSTEAD = "{% url 'readers:offline' %}";
const PAGES = /^\/(?:$|(?:large|issues|articles|sections|correspondents|corrections|tags|topics|pages|search|offline)\/)/;
const FILES = /^\/(?:static|photos)\//;
const APART = 60000; // milliseconds between two looks at the list
const NOTE = "{% filter escapejs %}{% translate 'No network. This is the page as kept on this device {time}.' %}{% endfilter %}";

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(SHELF).then((shelf) => keep(shelf, INSTEAD)));
});

addEventListener("activate", (event) => event.waitUntil(clients.claim().then(() => tidy(true))));

addEventListener("message", (event) => event.waitUntil(tidy(true)));

addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && PAGES.test(url.pathname)) event.respondWith(page(event, url));
  else if (request.mode !== "navigate" && FILES.test(url.pathname)) event.respondWith(file(request, url));
});

async function page(event, url) {
  try {
    const answer = await fetch(event.request);
    event.waitUntil(heard(url.pathname, answer.status));
    return answer;
  } catch {
    return kept(url);
  }
}

async function file(request, url) {
  try {
    const answer = await fetch(request);
    if (answer.status === 404 || answer.status === 410) await (await caches.open(SHELF)).delete(url.pathname);
    return answer;
  } catch {
    const shelf = await caches.open(SHELF);
    return (await shelf.match(url.pathname)) || (await smallest(shelf, url.pathname)) || Response.error();
  }
}

/* Of a picture one small file is kept, whichever the browser would have chosen. */
async function smallest(shelf, path) {
  const digest = /^\/photos\/([0-9a-f]{64})\//.exec(path)?.[1];
  const found = digest && (await shelf.keys()).find((request) => request.url.includes(digest));
  return found && shelf.match(found);
}

async function kept(url) {
  const shelf = await caches.open(SHELF);
  const path = url.pathname.replace(/^\/large(?:\/extra)?(?:\/(?:white|yellow)-on-black)?(?=\/)/, "");
  const answer = !url.search && path !== LIST ? await shelf.match(path) : undefined;
  if (!answer || path === INSTEAD) return (await shelf.match(INSTEAD)) || Response.error();
  const list = await listOn(shelf), time = new Date(list ? list.at : answer.headers.get("Date"));
  const said = NOTE.replace("{time}", time.toLocaleString("zh-CN", { dateStyle: "long", timeStyle: "short" }));
  const html = (await answer.text()).replace("<main ", `<p class="offline" role="status">${said}</p>$&`);
  const headers = { "Content-Type": "text/html; charset=utf-8" };
  const policy = answer.headers.get("Content-Security-Policy");
  if (policy) headers["Content-Security-Policy"] = policy;
  return new Response(html, { headers });
}

/* A page has answered, so there is a network: a moment to hear what is gone. */
async function heard(path, status) {
  const gone = status === 404 || status === 410;
  if (gone) await (await caches.open(SHELF)).delete(path);
  await tidy(gone);
}

let tidying;
function tidy(now) {
  tidying ??= look(now).catch(() => {}).finally(() => { tidying = undefined; });
  return tidying;
}

async function look(now) {
  const shelf = await caches.open(SHELF), before = await listOn(shelf);
  let list = before;
  if (now || !before || Date.now() - before.at > APART) {
    const answer = await fetch(LIST, { cache: "no-cache", credentials: "omit" });
    if (answer.status === 404) return leave();
    if (!answer.ok) return;
    list = { ...(await answer.json()), at: Date.now() };
    if (list.mark !== before?.mark) await clear(shelf, list);
    await shelf.put(LIST, new Response(JSON.stringify(list)));
  }
  const there = new Set((await shelf.keys()).map((request) => new URL(request.url).pathname));
  for (const path of [INSTEAD, ...list.files, ...list.pages]) if (!there.has(path)) await keep(shelf, path);
  for (const client of await clients.matchAll({ includeUncontrolled: true })) client.postMessage(list.name);
}

/* Something has changed: no page stays, since each may name what was withdrawn. */
async function clear(shelf, list) {
  for (const request of await shelf.keys()) {
    const path = new URL(request.url).pathname;
    if (path !== INSTEAD && !list.files.includes(path)) await shelf.delete(request);
  }
}

async function keep(shelf, path) {
  const answer = await fetch(path, { cache: "no-cache", credentials: "omit" });
  if (answer.ok && !answer.redirected) await shelf.put(path, answer);
}

async function listOn(shelf) {
  return (await shelf.match(LIST))?.json();
}

async function leave() {
  await caches.delete(SHELF);
  await registration.unregister();
}
