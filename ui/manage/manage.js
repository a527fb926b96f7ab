// Body of a function (element, trigger, props, server, upload, watch) that gradio runs once for each part of the owner's
// page with buttons of its own. A click on one goes to Python as a `click` event with what the button says of itself.
const english = document.documentElement.dataset.language === "en";
document.documentElement.lang = english ? "en" : "zh-CN";

function changeLanguage() {
  try {
    localStorage.setItem("suyuan.language", english ? "zh" : "en");
  } catch {
    return; // a browser that keeps nothing can't keep this either
  }
  location.reload();
}

element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-act]");
  if (!button) return;
  const { act, path, at, page } = button.dataset;
  if (act === "language") return changeLanguage();
  // A second click while the first is under way would ask for what is gone by then.
  button.disabled = true;
  // Not `path`: gradio takes whatever has one for a file of its own.
  trigger("click", { act, file: path ?? "", at: at ?? "", ...(page && { page: Number(page) }) });
});
