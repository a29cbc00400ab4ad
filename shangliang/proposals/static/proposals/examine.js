/* The examiner's keyboard: J and K walk the queue, number keys choose, Ctrl+Enter decides.
   Without this module every key has its link or button. */
const typing = (at) => at.closest("input:not([type=radio]), textarea, select");

document.addEventListener("change", ({ target }) => {
  const fold = target.closest("[data-decision]")?.querySelector("[data-if-refused]");
  if (fold && target.name === "proposed") fold.open = target.value === "not_file";
});

document.addEventListener("keydown", (event) => {
  const form = document.querySelector("[data-decision]");
  if (!form || event.altKey || event.metaKey) return;
  if (event.ctrlKey && event.key === "Enter") return form.requestSubmit();
  if (event.ctrlKey || typing(event.target)) return;
  const way = { j: "next", k: "prev" }[event.key.toLowerCase()];
  if (way) document.querySelector(`[data-queue] a[rel=${way}]`)?.click();
  const choice = form.querySelectorAll("input[type=radio]")[Number(event.key) - 1];
  if (!choice) return;
  choice.focus();
  choice.click();
});
