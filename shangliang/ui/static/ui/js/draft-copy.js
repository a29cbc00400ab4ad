// The sealed copy of one draft on this device; on a shared computer (no `local`) there is none.

import * as vault from "./vault.js";

const quietly = () => null;

export class Copy {
  constructor(element) {
    this.allowed = element.hasAttribute("local");
    this.id = `${element.getAttribute("person") ?? ""}/${element.getAttribute("key")}`;
    this.text = null; // what is known to lie on the disk
  }

  async keep(version, text) {
    if (!this.allowed || text === this.text) return;
    this.text = await vault.keep(this.id, { version, text }).then(() => text, quietly);
  }

  async recall() {
    if (!this.allowed) return null;
    vault.sweep().catch(quietly);
    return vault.recall(this.id).catch(quietly);
  }

  async forget() {
    this.text = null;
    await vault.forget(this.id).catch(quietly);
  }
}

/** <draft-done key person>: the matter is handed in, no copy of its draft stays on this device. */
class DraftDone extends HTMLElement {
  connectedCallback() {
    new Copy(this).forget();
  }
}

customElements.define("draft-done", DraftDone);
