// Every script below runs as the body of a function (element, trigger, props, server, upload, watch) that gradio calls
// once for a component of custom HTML. What goes to Python goes as an event with plain numbers, ids and short texts.
const english = document.documentElement.dataset.language === "en";
const inWords = (zh, en) => (english ? en : zh);
const conversation = () => document.getElementById("conversation");
const pane = () => document.getElementById("pane");
const busy = () => Boolean(conversation()?.querySelector(".pending, .growing"));

// Attributes can't be in two languages at once, as the texts of the page are.
function relabel(root) {
  if (!english) return;
  for (const part of root.querySelectorAll("[data-label-en]")) {
    part.setAttribute("aria-label", part.dataset.labelEn);
    if (part.placeholder) part.placeholder = part.dataset.labelEn;
  }
}

// On a narrow screen the pane lies over the conversation, and only a reader's own click brings it up.
const raise = (box, reading) => box?.toggleAttribute("data-raised", reading);

const dispatch = (name, detail) => document.dispatchEvent(new CustomEvent(`suyuan:${name}`, { detail }));
