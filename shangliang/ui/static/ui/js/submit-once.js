// A form goes out once.  If the network breaks on the way, the form stays with the same key,
// so that pressing again sends the same thing and does it once.

import { hush, say } from "./words.js";

const buttons = (form) => form.querySelectorAll("button");

function hold(form) {
  form.dataset.sending = "yes";
  for (const each of buttons(form)) each.setAttribute("aria-disabled", "true");
  form.sayTimer = setTimeout(say, 600, "sending");
}

function release(form) {
  if (!form.dataset.sending) return;
  clearTimeout(form.sayTimer);
  delete form.dataset.sending;
  for (const each of buttons(form)) each.removeAttribute("aria-disabled");
  hush("sending");
}

function start(event) {
  const form = event.target;
  if (form.method !== "post") return;
  const sending = form.dataset.sending;
  if (sending || !navigator.onLine) {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!sending) say("offline");
    return;
  }
  hush();
  hold(form);
  // Somebody may have stopped the event after us; htmx stops it as well, but sends the form.
  setTimeout(() => event.defaultPrevented && !form.classList.contains("htmx-request") && release(form));
}

const formOf = ({ detail }) => {
  const form = detail.requestConfig?.elt ?? detail.elt;
  return form?.matches?.("form[method=post]") ? form : null;
};

document.addEventListener("submit", start, { capture: true });
document.addEventListener("htmx:afterRequest", (event) => formOf(event) && release(formOf(event)));
for (const name of ["htmx:sendError", "htmx:timeout", "htmx:sendAbort"]) {
  document.addEventListener(name, (event) => formOf(event) && say("lost"));
}
window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-sending]").forEach(release);
});
window.addEventListener("online", () => hush("offline", "lost"));
