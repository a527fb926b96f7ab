// A reading pane: articles, their contents, cards of sources.
// Gradio gives the class to the component and to the element within it.
const box = element.parentElement.closest(".reader");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const kinds = "[data-at], [data-close], [data-within], [data-sources], [data-number], [data-article], [data-library]";

const below = (part) => part.getBoundingClientRect().top - box.getBoundingClientRect().top;
const scrollBy = (by, smoothly) =>
  box.scrollTo({ top: box.scrollTop + by, behavior: smoothly && !calm.matches ? "smooth" : "instant" });

function showQuote(smoothly) {
  const mark = element.querySelector("#quote");
  if (!mark) {
    box.scrollTop = 0;
    return;
  }
  // The quote begins a quarter down, unless it is so long that what answers exactly would lie beneath the fold.
  const exact = element.querySelector("mark.quote mark.exact") ?? mark;
  scrollBy(Math.max(below(mark) - box.clientHeight / 4, below(exact) - (box.clientHeight * 3) / 4), smoothly);
}

// Python counts code points, JavaScript counts halves of them.
function rangeAt(offset) {
  const paragraphs = [...element.querySelectorAll("[data-start]")].filter((part) => Number(part.dataset.start) <= offset);
  const paragraph = paragraphs.at(-1);
  if (!paragraph) return null;
  let left = offset - Number(paragraph.dataset.start);
  const range = document.createRange();
  range.selectNodeContents(paragraph);
  const texts = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const points = [...texts.currentNode.data];
    if (left < points.length) {
      range.setStart(texts.currentNode, points.slice(0, left).join("").length);
      return range;
    }
    left -= points.length;
  }
  return range;
}

function showHeading(offset) {
  const range = rangeAt(offset);
  const bar = element.querySelector(".bar")?.offsetHeight ?? 0;
  scrollBy(range ? below(range) - bar - 12 : -box.scrollTop, true);
  element.querySelector(".contents")?.removeAttribute("open");
}

element.addEventListener("click", (event) => {
  const target = event.target.closest(kinds);
  if (!target) return;
  const { turn, number, article, within, sources, at } = target.dataset;
  if ("close" in target.dataset) return raise(box, false);
  if (at !== undefined) return showHeading(Number(at));
  if (within !== undefined) {
    raise(box, false);
    return trigger("click", { within });
  }
  raise(box, true);
  if ("library" in target.dataset) return trigger("click", { library: true });
  if (article !== undefined) return trigger("click", { article });
  if (sources !== undefined) return trigger("click", { sources: Number(sources) });
  trigger("click", { turn: Number(turn), number: Number(number) });
});

watch("value", () => {
  relabel(element);
  if (element.querySelector("[data-raise]")) raise(box, true);
  showQuote(false);
  dispatch("opened");
});
document.addEventListener("keydown", (event) => event.key === "Escape" && raise(box, false));
document.addEventListener("suyuan:quote", () => box.id === "pane" && showQuote(true));
relabel(element);
