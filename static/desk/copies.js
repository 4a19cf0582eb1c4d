// Copies of what is typed, in this browser, for as long as the server does not have it.
// Each belongs to one person and one page; nobody else's is ever sent or shown.
//
// Each stands in two places. The first is written at once, also by a page that is just closed, but
// a browser takes seconds to put it on disk; the second is on disk when a browser is killed.

const PREFIX = "newsroom-typing:";
const STORE = "copies";
const name = (person, page) => `${PREFIX}${person}:${page}`;

const settled = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

const opened = (() => {
  try {
    const request = indexedDB.open("newsroom-typing", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    return settled(request).catch(() => null);
  } catch {
    return Promise.resolve(null);
  }
})();
// What is written later arrives later.
const inStore = async (mode, act) => {
  const base = await opened;
  return base ? act(base.transaction(STORE, mode).objectStore(STORE)) : undefined;
};

const atOnce = (act) => {
  try {
    return act(localStorage);
  } catch {
    return undefined;
  }
};

// Keep a copy; say whether this browser keeps anything at all.
export const put = async (person, copy) => {
  const key = name(person, copy.page);
  const stands = atOnce((store) => store.setItem(key, JSON.stringify(copy)) ?? true);
  const lasts = await inStore("readwrite", (store) => settled(store.put(copy, key))).catch(() => null);
  return Boolean(stands || lasts);
};

// Forget a copy, unless something newer has taken its place.
export const forget = (person, page, sequence) => {
  const key = name(person, page);
  atOnce((store) => {
    const copy = JSON.parse(store.getItem(key));
    if (copy && copy.sequence <= sequence) store.removeItem(key);
  });
  return inStore("readwrite", async (store) => {
    const copy = await settled(store.get(key));
    if (copy && copy.sequence <= sequence) store.delete(key);
  }).catch(() => null);
};

// What one person left here, from other pages than the one that asks.
export const left = async (person, besides) => {
  const theirs = (key) => String(key).startsWith(`${PREFIX}${person}:`);
  const found = atOnce((store) =>
    Object.keys(store).filter(theirs).map((key) => JSON.parse(store.getItem(key)))) ?? [];
  const lasting = await inStore("readonly", (store) => {
    const range = IDBKeyRange.bound(`${PREFIX}${person}:`, `${PREFIX}${person}:\uffff`);
    return settled(store.getAll(range));
  }).catch(() => null);
  const newest = new Map();
  for (const copy of [...found, ...(lasting ?? [])]) {
    if (!copy?.page || !copy.address || !copy.fields || copy.page === besides) continue;
    if (!(newest.get(copy.page)?.sequence >= copy.sequence)) newest.set(copy.page, copy);
  }
  return [...newest.values()];
};
