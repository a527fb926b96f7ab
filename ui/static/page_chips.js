// What stands over the question box: which article alone is asked, which question is being edited.
element.addEventListener("click", (event) => {
  const target = event.target.closest("[data-clear]");
  if (target) trigger("click", { clear: target.dataset.clear });
});
watch("value", () => {
  relabel(element);
  if (element.querySelector("[data-clear]")) document.querySelector("#question textarea, #question input")?.focus();
});
