// Back from showing who one is: on to the form at once, but not when the page is only looked at again.
if (performance.getEntriesByType("navigation")[0]?.type === "navigate") document.querySelector("form[data-go-on]")?.requestSubmit();
