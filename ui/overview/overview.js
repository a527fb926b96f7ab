// Body of a function (element, trigger, props, server, upload, watch) that gradio runs once for what stands below each
// picture. A click on an article in a table, or on a point of the map, goes to Python as a `click` event with its id.
const picture = element.closest(".picture");

element.addEventListener("click", (event) => {
  const target = event.target.closest("[data-article]");
  if (target) trigger("click", { article: target.dataset.article });
});

// gradio draws a plot anew whenever its value changes; plotly's own events are heard on the element that it draws in.
function drawn() {
  const plot = picture.querySelector(".js-plotly-plot");
  if (!plot?.on || plot.dataset.heard) return;
  plot.dataset.heard = "true";
  plot.setAttribute("role", "img");
  plot.setAttribute("aria-label", picture.querySelector("h2").innerText);
  plot.on("plotly_click", ({ points: [point] }) => {
    if (point?.customdata !== undefined) trigger("click", { article: point.customdata });
  });
}

new MutationObserver(drawn).observe(picture, { childList: true, subtree: true });
drawn();
