// Body of a function (element, trigger, props, server, upload, watch) that gradio runs once for the library's form and
// once for its list. A change of the form goes to Python as an `input` event with all its fields; a click on an article
// as `click`, on “ask this one only” as `select`.
const library = element.closest("#library");
const language = document.documentElement.dataset.language === "en" ? "en" : "zh";

// What can't hold elements, as the rest of the page does, can be in one language only.
function speak() {
  for (const part of element.querySelectorAll("[data-zh][data-en]")) {
    if (part.tagName === "INPUT") part.placeholder = part.dataset[language];
    else part.textContent = part.dataset[language];
  }
}

function formPart() {
  let typed;
  let serial = 0;
  let waiting;
  let next;
  // One request at a time and the newest last: lists that came in another order would show what nobody asked for.
  const request = (fields) => {
    waiting = setTimeout(listed, 5000);
    trigger("input", { ...fields, serial: ++serial });
  };
  function listed() {
    clearTimeout(waiting);
    waiting = undefined;
    const fields = next;
    next = undefined;
    if (fields) request(fields);
  }
  const send = (page) => {
    clearTimeout(typed);
    const form = element.querySelector("form");
    if (!form) return;
    const fields = { ...Object.fromEntries(new FormData(form)), page };
    if (waiting === undefined) request(fields);
    else next = fields;
  };
  library.addEventListener("suyuan:listed", listed);
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    send(0);
  });
  element.addEventListener("input", (event) => {
    clearTimeout(typed);
    // Someone who types Chinese has not said anything yet while the input method composes.
    if (event.isComposing) return;
    if (event.target.tagName === "SELECT") send(0);
    else typed = setTimeout(() => send(0), 150);
  });
  element.addEventListener("compositionend", () => send(0));
  element.addEventListener("reset", () => setTimeout(() => send(0)));
  library.addEventListener("click", (event) => {
    const page = event.target.closest("[data-page]");
    if (!page) return;
    document.getElementById("library-list").scrollTop = 0;
    send(Number(page.dataset.page));
  });
  watch("value", speak);
  speak();
}

function listPart() {
  watch("value", () => library.dispatchEvent(new CustomEvent("suyuan:listed")));
  element.addEventListener("click", (event) => {
    const target = event.target.closest("[data-article], [data-within]");
    if (!target) return;
    if ("within" in target.dataset) return trigger("select", { within: target.dataset.within });
    for (const row of element.querySelectorAll("[aria-current]")) row.removeAttribute("aria-current");
    target.setAttribute("aria-current", "true");
    // On a narrow screen the article lies over the list until it is closed.
    document.getElementById("library-pane").toggleAttribute("data-raised", true);
    trigger("click", { article: target.dataset.article });
  });
}

if (element.closest("#library-form")) formPart();
else listPart();
