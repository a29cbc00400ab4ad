// One draft on its way to the server.
// POST {version, hand, data} → 200 {version, saved_at}, 409 {version, url}, 401 or a redirect when
// logged out.  `hand` names this open page: an answer may be lost after the server has saved, so a
// newer version written by the same hand is no conflict.

import { renewTokens } from "./words.js";

const PATIENCE = 10000;
const KEEPALIVE_LIMIT = 60000; // browsers refuse more than 64 KB

export class Trouble extends Error {}

function post(url, body, form, signal) {
  return fetch(url, {
    method: "POST",
    body,
    signal,
    redirect: "manual",
    // A page that is being closed may still finish sending.
    keepalive: new Blob([body]).size < KEEPALIVE_LIMIT,
    headers: {
      "Content-Type": "application/json",
      "X-CSRFToken": form.elements.csrfmiddlewaretoken?.value ?? "",
    },
  });
}

async function send(url, draft, form, again = true) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  const body = `{"version":${draft.version},"hand":"${draft.hand}","data":${draft.text}}`;
  try {
    const answer = await post(url, body, form, stop.signal);
    if (answer.ok) return await answer.json();
    if (answer.status === 403 && again && (await renewTokens())) return await send(url, draft, form, false);
    if (answer.type === "opaqueredirect" || [401, 403].includes(answer.status)) throw new Trouble("login");
    if (answer.status === 409) throw Object.assign(new Trouble("conflict"), await answer.json());
    if (answer.status >= 500 || answer.status === 429) throw new Trouble("offline");
    const { problem } = await answer.json().catch(() => ({}));
    throw Object.assign(new Trouble("rejected"), { said: problem });
  } catch (problem) {
    throw problem instanceof Trouble ? problem : new Trouble("offline");
  } finally {
    clearTimeout(timer);
  }
}

const drawn = () => Array.from(crypto.getRandomValues(new Uint32Array(3)), (n) => n.toString(36)).join("");

/** The draft as the server holds it. */
export class ServerDraft {
  constructor(element, form) {
    this.url = element.getAttribute("url");
    this.version = Number(element.getAttribute("version") ?? 0);
    this.hand = drawn();
    this.form = form;
    this.text = null;
  }

  /** Throws Trouble named offline, login, conflict (with url) or rejected. */
  async deliver(text, version = this.version) {
    const saved = await send(this.url, { text, version, hand: this.hand }, this.form);
    this.version = Math.max(this.version, saved.version);
    this.savedAt = saved.saved_at;
    this.text = text;
  }
}
