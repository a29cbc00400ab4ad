// The line under a draft: exactly one of 已保存到服务器, 仅保存在本机, 未保存, with its time.

import { anchor, word } from "./words.js";

const STATES = { server: "draftServer", local: "draftLocal", none: "draftNone" };
const TROUBLES = {
  offline: "draftOffline",
  login: "draftLogin",
  conflict: "draftConflict",
  rejected: "draftRejected",
};

function clock(at) {
  const when = new Date(at);
  const today = when.toDateString() === new Date().toDateString();
  const day = today ? {} : { month: "long", day: "numeric" };
  const time = { hour: "2-digit", minute: "2-digit", hour12: false };
  return when.toLocaleString(document.documentElement.lang, { ...day, ...time });
}

export class DraftLine {
  constructor(place) {
    this.place = place;
    this.state = place.dataset.state ?? "";
  }

  /** Nothing is unsaved: since when, or nothing to say about a form nobody has touched. */
  settle(savedAt) {
    if (savedAt) return this.show("server", savedAt);
    this.state = this.words = "";
    delete this.place.dataset.state;
    this.place.replaceChildren();
  }

  /** `trouble` names what keeps the draft from the server, `more` how to mend it. */
  show(state, at, trouble = "", more = {}) {
    const why = trouble ? `${word("stop")}${more.said || word(TROUBLES[trouble])}` : "";
    const words = `${word(STATES[state])} ${clock(at)}${why}`;
    if (this.state === state && this.words === words) return;
    // Each pause in typing is no news to a screen reader; trouble is.
    this.place.setAttribute("aria-live", trouble && trouble !== this.trouble ? "polite" : "off");
    Object.assign(this, { state, words, trouble });
    this.place.dataset.state = state;
    this.place.replaceChildren(words);
    if (trouble === "conflict") this.place.append(" ", anchor({ href: more.url, name: "choose" }));
    if (trouble === "login") this.place.append(" ", anchor({ href: more.login, name: "login", blank: true }));
  }
}
