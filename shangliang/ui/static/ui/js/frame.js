// The frame around a boosted page change: where focus goes, what a slow or lost network says,
// and what happens when the log-in has run out meanwhile.

import { hush, renewTokens, say } from "./words.js";

const SLOW = 500;
const VERY_SLOW = 8000;
let timers = [];
let tokensOld = false;

/** A screen reader starts at the heading of the new page, or at the list of errors. */
function arrive() {
  const main = document.querySelector("main");
  const place = main?.querySelector("[autofocus]") ?? main?.querySelector("h1") ?? main;
  if (!place) return;
  if (!place.hasAttribute("tabindex") && place.tagName === "H1") place.tabIndex = -1;
  place.focus({ preventScroll: place.tagName === "H1" });
}

/** Rooms name their own modules in the page: <template data-module="/static/…/x.js">. */
function load() {
  for (const each of document.querySelectorAll("template[data-module]")) import(each.dataset.module);
}

function wait() {
  rest();
  timers = [setTimeout(say, SLOW, "opening"), setTimeout(say, VERY_SLOW, "slow")];
}

function rest() {
  timers.forEach(clearTimeout);
  hush("opening", "slow");
}

const isPage = (detail) => detail.boosted || detail.requestConfig?.boosted;
const frameOf = (text) => /data-frame="(\w+)"/.exec(text)?.[1];

/** Decide what an answer to a boosted request does to this page. */
function receive(event) {
  const { detail } = event;
  if (!isPage(detail)) return;
  const { xhr } = detail;
  const sent = detail.requestConfig.verb !== "get";
  const frame = frameOf(xhr.responseText);

  if (sent && xhr.status >= 500) return refuse(event, "broken");
  if (sent && xhr.status === 403 && xhr.responseText.includes("data-stale-token")) {
    renewTokens().then((done) => say(done ? "renewed" : "expired"));
    return refuse(event, "");
  }
  const elsewhere = frame && frame !== document.body.dataset.frame && xhr.status < 400;
  if (elsewhere && sent && document.body.dataset.frame === "house") {
    tokensOld = true;
    return refuse(event, "expired", { href: xhr.responseURL, name: "login", blank: true });
  }
  if (elsewhere || !frame) {
    // Another frame, or no page at all (a paper to save): let the browser fetch it itself.
    refuse(event, "");
    if (!sent || frame) location.assign(xhr.responseURL);
  }
}

function refuse(event, name, link) {
  event.detail.shouldSwap = false;
  event.preventDefault();
  if (name) say(name, link);
}

document.addEventListener("htmx:beforeRequest", (event) => isPage(event.detail) && wait());
document.addEventListener("htmx:beforeSwap", receive);
document.addEventListener("htmx:afterRequest", (event) => isPage(event.detail) && rest());
document.addEventListener("htmx:sendError", (event) => {
  if (isPage(event.detail) && event.detail.requestConfig.verb === "get") say("unreachable");
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (!isPage(event.detail)) return;
  hush();
  arrive();
  load();
});
window.addEventListener("focus", async () => {
  if (tokensOld && (await renewTokens().catch(() => false))) {
    tokensOld = false;
    say("renewed");
  }
});
load();
