/* Keeps the latest issue readable without a network, for readers who have asked for it.
   The network comes first, always. Only what the list names is ever kept: no preview, no form, no
   desk. What the list names no more, or what answers that it is gone, is deleted at once. */
const SHELF = "latest-issue";
const LIST = "{% url 'readers:shelf' %}", INSTEAD = "{% url 'readers:offline' %}";
const PAGES = /^\/(?:$|(?:large|issues|articles|sections|correspondents|corrections|tags|topics|pages|search|offline)\/)/;
const FILES = /^\/(?:static|photos)\//;
const APART = 60000; // milliseconds between two looks at the list
const NOTE = "{{ note|escapejs }}";

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
    if (isGone(answer.status) && (await find(url.pathname))) await (await caches.open(SHELF)).delete(url.pathname);
    return answer;
  } catch {
    return (await find(url.pathname)) || (await smallest(url.pathname)) || Response.error();
  }
}

/* Of a picture one small file is kept, whichever the browser would have chosen. */
async function smallest(path) {
  const digest = /^\/photos\/([0-9a-f]{64})\//.exec(path)?.[1];
  const name = digest && (await listOn())?.files.find((each) => each.includes(digest));
  return name && find(name);
}

async function kept(url) {
  const path = url.pathname.replace(/^\/large(?:\/extra)?(?:\/(?:white|yellow)-on-black)?(?=\/)/, "");
  const answer = url.search ? undefined : await find(path);
  if (!answer || path === INSTEAD) return (await find(INSTEAD)) || Response.error();
  const list = await listOn(), time = new Date(list ? list.at : answer.headers.get("Date"));
  const said = NOTE.replace("{time}", time.toLocaleString("zh-CN", { dateStyle: "long", timeStyle: "short" }));
  const html = (await answer.text()).replace("<main ", `<p class="offline" role="status">${said}</p>$&`);
  const headers = { "Content-Type": "text/html; charset=utf-8" };
  const policy = answer.headers.get("Content-Security-Policy");
  if (policy) headers["Content-Security-Policy"] = policy;
  return new Response(html, { headers });
}

/* A page has answered, so there is a network: a moment to hear what is gone. */
async function heard(path, status) {
  const gone = isGone(status) && (await find(path));
  if (gone) await clear(await caches.open(SHELF), await listOn());
  await tidy(gone);
}

let tidying;
function tidy(now) {
  tidying = (tidying || Promise.resolve()).then(() => look(now)).catch(() => {});
  return tidying;
}

async function look(now) {
  const before = await listOn();
  let list = before;
  if (now || !before || Date.now() - before.at > APART) {
    const answer = await fetch(LIST, { cache: "no-cache", credentials: "omit" });
    if (answer.status === 404) return leave();
    if (!answer.ok) return;
    list = { ...(await answer.json()), at: Date.now() };
    const shelf = await caches.open(SHELF);
    if (list.mark !== before?.mark) await clear(shelf, list);
    await shelf.put(LIST, new Response(JSON.stringify(list)));
  }
  const shelf = await caches.open(SHELF);
  for (const path of [INSTEAD, ...list.files, ...list.pages]) if (!(await find(path))) await keep(shelf, path);
  for (const client of await clients.matchAll({ includeUncontrolled: true })) client.postMessage(list.name);
}

/* Something has changed: no page stays, since each may name what was withdrawn. */
async function clear(shelf, list) {
  for (const request of await shelf.keys()) {
    const path = new URL(request.url).pathname;
    if (path !== INSTEAD && path !== LIST && !list?.files.includes(path)) await shelf.delete(request);
  }
}

async function keep(shelf, path) {
  const answer = await fetch(path, { cache: "no-cache", credentials: "omit" });
  if (answer.ok && !answer.redirected) await shelf.put(path, answer);
}

const isGone = (status) => status === 404 || status === 410;
const find = (path) => caches.match(path, { cacheName: SHELF });
const listOn = async () => (await find(LIST))?.json();

async function leave() {
  await caches.delete(SHELF);
  await registration.unregister();
}
