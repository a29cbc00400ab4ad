/* The assignment plan: whoever names a unit means this line.  Without this module one ticks it. */
document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-plan] [data-ticks]")) return;
  const tick = target.closest("tr").querySelector("input[type=checkbox]");
  tick.checked = Boolean(target.value);
});
