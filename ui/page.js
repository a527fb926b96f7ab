// Body of a function (element, trigger, props, server, upload, watch) that gradio runs once for the conversation and
// once for the reading pane. A click on a marker or an article goes to Python as a `click` event with plain numbers.
document.documentElement.lang = "zh-CN";
document.querySelector("#question textarea, #question input")?.setAttribute("aria-label", "问题");

const conversation = () => document.getElementById("conversation");
const pane = () => document.getElementById("pane");
const isPane = Boolean(element.closest("#pane"));
const calm = matchMedia("(prefers-reduced-motion: reduce)");

function showQuote(smoothly) {
  const mark = element.ownerDocument.getElementById("quote");
  const box = pane();
  if (!mark) {
    box.scrollTop = 0;
    return;
  }
  const below = (part) => part.getBoundingClientRect().top - box.getBoundingClientRect().top;
  // The quote begins a quarter down, unless it is so long that what answers exactly would lie beneath the fold.
  const exact = box.querySelector("mark.exact") ?? mark;
  const by = Math.max(below(mark) - box.clientHeight / 4, below(exact) - box.clientHeight * 3 / 4);
  box.scrollTo({ top: box.scrollTop + by, behavior: smoothly && !calm.matches ? "smooth" : "instant" });
}

function markOpened() {
  const opened = pane()?.querySelector("[data-open]")?.dataset.open ?? "";
  for (const marker of conversation()?.querySelectorAll(".marker") ?? []) {
    const here = `${marker.dataset.turn}.${marker.dataset.number}` === opened;
    if (here) marker.setAttribute("aria-current", "true");
    else marker.removeAttribute("aria-current");
  }
}

// On a narrow screen the pane lies over the conversation, and only a reader's own click brings it up.
const read = (reading) => pane().toggleAttribute("data-raised", reading);

element.addEventListener("click", (event) => {
  const target = event.target.closest("[data-number], [data-article], [data-library], [data-close]");
  if (!target) return;
  const { turn, number, article } = target.dataset;
  if ("close" in target.dataset) return read(false);
  read(true);
  if ("library" in target.dataset) return trigger("click", { library: true });
  if (article !== undefined) return trigger("click", { article });
  if (pane().querySelector(`[data-open="${turn}.${number}"]`)) return showQuote(true);
  trigger("click", { turn: Number(turn), number: Number(number) });
});

if (isPane) {
  watch("value", () => {
    showQuote(false);
    markOpened();
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && read(false));
} else {
  let count = 0;
  let followed = true;
  for (const gesture of ["wheel", "touchmove", "pointerdown"]) {
    conversation().addEventListener(gesture, () => (followed = false), { passive: true });
  }
  // The newest question stays at the top while its answer grows, unless the reader has scrolled since.
  watch("value", () => {
    const turns = element.querySelectorAll(".turn");
    if (turns.length !== count) followed = true;
    count = turns.length;
    if (count === 0) read(false);
    if (followed && count > 0) {
      const box = conversation();
      const offset = turns[count - 1].getBoundingClientRect().top - box.getBoundingClientRect().top;
      box.scrollTo({ top: box.scrollTop + offset - 12, behavior: "instant" });
    }
    markOpened();
  });
}
