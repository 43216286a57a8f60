// What is nicer with a script. Every page works without it.
"use strict";

// A form is sent once: the second click of a double click does nothing. The server would see to it anyway.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  const button = event.submitter;
  if (button?.dataset.working) {
    setTimeout(() => {
      const told = document.createElement("p");
      told.setAttribute("role", "status");
      told.className = "dc-meta";
      told.textContent = button.dataset.working;
      button.after(told);
    }, 700);
  }
  setTimeout(() => delete form.dataset.sent, 3000);
});

// Back to a page that the browser kept: its forms may be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Back to a page that the browser did not keep: it is fetched anew, what was typed is in it again, but its forms have new keys. They get those back under
// which they were sent before, so that sending again does nothing twice.
addEventListener("pageshow", () => {
  const keys = [...document.querySelectorAll("form input[type=hidden][name=key]")];
  const before = history.state?.keys;
  const back = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  if (back && before?.length === keys.length) {
    keys.forEach((key, i) => { key.value = before[i]; });
  } else if (keys.length > 0) {
    history.replaceState({ ...history.state, keys: keys.map((key) => key.value) }, "");
  }
});

// The summary of faults is what a reader should hear first.
document.querySelector(".govuk-error-summary")?.focus();

// A choice that needs no button when there is a script.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
});
