// <draft-form key url version person [local] [unsaved] [login-url]> around a form.  The server keeps
// the draft; on a personal device (`local`) a sealed copy bridges the time without a network.

import { Copy } from "./draft-copy.js";
import { DraftLine } from "./draft-line.js";
import { Pace } from "./draft-pace.js";
import { ServerDraft } from "./draft-send.js";
import { collect, fill } from "./fields.js";
import { answerTo } from "./words.js";

class DraftForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!this.form) return;
    const place = this.querySelector("[data-draft-status]") ?? this.appendChild(document.createElement("p"));
    this.line = new DraftLine(place);
    this.copy = new Copy(this);
    this.pace = new Pace(() => this.save());
    this.server = new ServerDraft(this, this.form);
    this.server.savedAt = place.dataset.savedAt;
    // A form that came back with errors holds words the server's draft may not have.
    if (!this.hasAttribute("unsaved") && !this.querySelector(".why")) this.server.text = this.text();
    this.listen();
    this.restore().finally(() => this.touched());
  }

  listen() {
    this.gone = new AbortController();
    const on = (target, names, act) => {
      names.split(" ").forEach((name) => target.addEventListener(name, act, { signal: this.gone.signal }));
    };
    on(this.form, "input change", () => this.touched());
    on(this.form, "submit", () => this.handIn());
    on(window, "online focus pageshow", () => this.save());
    on(window, "pagehide", () => this.save({ now: true }));
    on(document, "visibilitychange", () => this.save({ now: document.hidden }));
    on(window, "beforeunload", (event) => this.line.state === "none" && this.trouble && event.preventDefault());
  }

  disconnectedCallback() {
    this.save({ now: true });
    this.pace?.rest();
    this.gone?.abort();
  }

  text() {
    return JSON.stringify(collect(this.form));
  }

  touched() {
    if (this.handedIn) return;
    const text = this.text();
    if (text === this.server.text) return this.line.settle(this.server.savedAt);
    if (text !== this.copy.text) this.tell("none");
    this.pace.typed(this.trouble);
  }

  /** One request at a time, and what was typed meanwhile goes with the next; a page that is
      being closed (`now`) cannot wait for its turn. */
  async save({ now = false } = {}) {
    const text = this.form && this.text();
    if (!text || text === this.server.text || this.handedIn) return;
    if (this.saving && (!now || this.saving === text)) return;
    this.pace.rest();
    this.saving = text;
    // After a conflict the person chooses, not the clock.
    await (this.trouble !== "conflict" ? this.deliver(text).catch((problem) => this.keep(problem)) : this.keep());
    this.saving = null;
    if (!this.isConnected) return;
    if (this.trouble) this.pace.again();
    else this.touched();
  }

  async deliver(text, version) {
    await this.server.deliver(text, version);
    this.trouble = this.more = null;
    await this.copy.forget();
  }

  async keep(problem) {
    if (problem) this.struck(problem);
    await this.copy.keep(this.server.version, this.text());
    this.tell(this.copy.text === this.text() ? "local" : "none");
  }

  async restore() {
    const found = await this.copy.recall();
    if (!found || found.text === this.text()) return;
    if (found.version >= this.server.version) {
      fill(this.form, JSON.parse(found.text));
      this.copy.text = this.text();
      return this.tell("local");
    }
    // The server has something newer: it keeps both and lets the person choose.
    await this.deliver(found.text, found.version).catch((problem) => this.struck(problem).tell("local"));
  }

  /** The form itself goes out now; its draft must not arrive after it. */
  async handIn() {
    this.handedIn = true;
    this.pace.rest();
    if (await answerTo(this.form)) return this.copy.forget();
    this.handedIn = false;
    if (this.isConnected) return this.touched();
    // Refused, and the page went away with the form: its words still go into the draft.
    if (!document.querySelector(`draft-form[url="${CSS.escape(this.server.url)}"]`)) await this.save({ now: true });
  }

  struck({ message, url, said }) {
    return Object.assign(this, { trouble: message, more: { url, said } });
  }

  tell(state) {
    const login = this.getAttribute("login-url") ?? location.href;
    this.line.show(state, Date.now(), this.trouble, { ...this.more, login });
  }
}

customElements.define("draft-form", DraftForm);
