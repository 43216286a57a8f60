// One box that ticks all of a list. Without a script it would do nothing, so it is hidden until there is one.
const showTickAll = () => {
  for (const all of document.querySelectorAll("[data-tick-all]")) all.hidden = false;
};
showTickAll();
document.addEventListener("htmx:afterSettle", showTickAll);
document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-tick-all]")) return;
  for (const box of target.form.querySelectorAll(`input[type=checkbox][name=${target.dataset.tickAll}]`)) box.checked = target.checked;
});
