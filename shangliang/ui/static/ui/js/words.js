// What the page says in a script: sentences come from the server, so that they are translated there.

const sentences = () => document.getElementById("words")?.dataset ?? {};
const line = () => document.getElementById("status");

export const word = (name) => sentences()[name] ?? "";

/** Show one sentence in the status line, with a link where one helps. */
export function say(name, link) {
  const place = line();
  if (!place) return;
  place.replaceChildren(word(name));
  place.dataset.said = name;
  if (link) place.append(" ", anchor(link));
  place.hidden = false;
}

/** Take the sentence back; with a name, only if it is still that one. */
export function hush(...names) {
  const place = line();
  if (place && (!names.length || names.includes(place.dataset.said))) place.hidden = true;
}

export function anchor({ href, name, blank }) {
  const link = document.createElement("a");
  link.href = href;
  link.textContent = word(name);
  link.setAttribute("hx-boost", "false");
  if (blank) Object.assign(link, { target: "_blank", rel: "noopener" });
  return link;
}

/** After a log-in in another window the forms of this page need the new token. */
export async function renewTokens() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = page.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (!token || page.body.dataset.frame !== document.body.dataset.frame) return false;
  for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = token;
  return true;
}

/** Resolves once, when htmx has an answer to this form: true when it led to another page. */
export function answerTo(form) {
  return new Promise((resolve) => {
    document.addEventListener("htmx:afterRequest", function heard({ detail }) {
      if (detail.requestConfig?.elt !== form) return;
      document.removeEventListener("htmx:afterRequest", heard);
      const { responsePath, finalRequestPath } = detail.pathInfo;
      resolve(Boolean(detail.successful && responsePath && responsePath !== finalRequestPath));
    });
  });
}
