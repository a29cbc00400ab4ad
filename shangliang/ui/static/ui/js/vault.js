// Unsent drafts on a personal device: AES-GCM under a key that cannot leave the browser, 72 hours.

const KEPT = 72 * 3600 * 1000;

const settled = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

function opened() {
  const request = indexedDB.open("shangliang", 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("keys");
    request.result.createObjectStore("copies");
  };
  return settled(request);
}

const store = (db, name, mode) => db.transaction(name, mode).objectStore(name);

async function secret(db) {
  const known = await settled(store(db, "keys", "readonly").get("draft"));
  if (known) return known;
  const drawn = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, [
    "encrypt",
    "decrypt",
  ]);
  // Another window may have drawn one meanwhile: the first one stays.
  const keys = store(db, "keys", "readwrite");
  const first = await settled(keys.get("draft"));
  if (!first) await settled(keys.put(drawn, "draft"));
  return first ?? drawn;
}

/** Keep a copy; resolves only when it is on the disk. */
export async function keep(id, copy) {
  const db = await opened();
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(copy));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await secret(db), plain);
  const copies = store(db, "copies", "readwrite");
  copies.put({ iv, sealed, at: Date.now() }, id);
  await new Promise((done, failed) => {
    copies.transaction.oncomplete = done;
    copies.transaction.onabort = copies.transaction.onerror = () => failed(copies.transaction.error);
  });
  db.close();
}

/** The copy kept under this name, or nothing when there is none or it is too old. */
export async function recall(id) {
  const db = await opened();
  const found = await settled(store(db, "copies", "readonly").get(id));
  if (!found || Date.now() - found.at > KEPT) {
    db.close();
    if (found) await forget(id);
    return null;
  }
  const plain = await crypto.subtle
    .decrypt({ name: "AES-GCM", iv: found.iv }, await secret(db), found.sealed)
    .catch(() => null);
  db.close();
  return plain && { ...JSON.parse(new TextDecoder().decode(plain)), at: found.at };
}

export async function forget(id) {
  const db = await opened();
  await settled(store(db, "copies", "readwrite").delete(id));
  db.close();
}

/** Copies of other forms do not outlive their time either. */
export async function sweep() {
  const db = await opened();
  const copies = store(db, "copies", "readwrite");
  for (const id of await settled(copies.getAllKeys())) {
    const found = await settled(copies.get(id));
    if (Date.now() - found.at > KEPT) copies.delete(id);
  }
  db.close();
}
