// The conversation: markers, what can be done with an answer, and keeping the newest question in sight.
const questionBox = () => document.querySelector("#question textarea, #question input");

// What the reader said of which answer: kept here, since the HTML is written anew with every question.
const noted = new Map();

function showNoted() {
  for (const [turn, { verdict, recorded }] of noted) {
    const section = element.querySelectorAll(".turn")[turn];
    if (!section) continue;
    for (const button of section.querySelectorAll("[data-verdict]")) {
      button.setAttribute("aria-pressed", String(button.dataset.verdict === verdict));
    }
    for (const thanks of section.querySelectorAll(".verdict .thanks")) thanks.hidden = !verdict;
    for (const thanks of section.querySelectorAll(".recorded .thanks")) thanks.hidden = !recorded;
    for (const button of section.querySelectorAll("[data-record]")) button.disabled = Boolean(recorded);
  }
}

function markOpened() {
  const opened = pane()?.querySelector("[data-open]")?.dataset.open ?? "";
  for (const marker of element.querySelectorAll(".marker")) {
    const here = `${marker.dataset.turn}.${marker.dataset.number}` === opened;
    if (here) marker.setAttribute("aria-current", "true");
    else marker.removeAttribute("aria-current");
  }
}

async function copy(button) {
  const text = button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Browsers hand out the clipboard to pages on this machine or over https only.
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  button.setAttribute("data-done", "");
  setTimeout(() => button.removeAttribute("data-done"), 1600);
}

function judge({ like, verdict }) {
  const why = element.querySelector(`form[data-why="${like}"]`);
  if (verdict === "down") {
    why.hidden = !why.hidden;
    return why.hidden || why.querySelector("input").focus();
  }
  why.hidden = true;
  trigger("like", { turn: Number(like), verdict, reason: "" });
}

// What asks anew waits until the answer under way is there.
const asking = {
  suggestion: ({ turn, suggestion }) => trigger("submit", { turn: Number(turn), suggestion: Number(suggestion) }),
  retry: ({ retry }) => trigger("retry", { turn: Number(retry) }),
  edit: ({ edit }) => {
    trigger("edit", { turn: Number(edit) });
    setTimeout(() => questionBox()?.focus(), 200);
  },
};
const acting = {
  copy: (_, button) => copy(button),
  like: (data) => judge(data),
  record: ({ record }) => trigger("record", { turn: Number(record) }),
  export: ({ export: turn, form }, button) => {
    button.closest("details").open = false;
    trigger("download", { turn: Number(turn), form });
  },
  passage: ({ turn, passage }) => open({ turn: Number(turn), passage: Number(passage) }),
  sources: ({ sources }) => open({ sources: Number(sources) }),
  library: () => open({ library: true }),
  number: ({ turn, number }) => {
    if (pane().querySelector(`[data-open="${turn}.${number}"]`)) {
      raise(pane(), true);
      return dispatch("quote");
    }
    open({ turn: Number(turn), number: Number(number) });
  },
};

function open(what) {
  raise(pane(), true);
  trigger("click", what);
}

element.addEventListener("click", (event) => {
  const actions = { ...asking, ...acting };
  for (const [name, act] of Object.entries(actions)) {
    const target = event.target.closest(`[data-${name}]`);
    if (!target || !element.contains(target)) continue;
    if (name in acting || !busy()) act(target.dataset, target);
    return;
  }
});
element.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target.closest("[data-why]");
  trigger("like", { turn: Number(form.dataset.why), verdict: "down", reason: form.querySelector("input").value });
  form.hidden = true;
});
document.addEventListener("suyuan:noted", ({ detail }) => {
  const before = noted.get(detail.turn) ?? {};
  noted.set(detail.turn, detail.verdict ? { ...before, verdict: detail.verdict } : { ...before, recorded: true });
  showNoted();
});
document.addEventListener("suyuan:forget", ({ detail }) => {
  for (const turn of [...noted.keys()]) if (turn >= detail.from) noted.delete(turn);
});
document.addEventListener("suyuan:opened", markOpened);

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
  if (count === 0) raise(pane(), false);
  if (followed && count > 0) {
    const view = conversation();
    const offset = turns[count - 1].getBoundingClientRect().top - view.getBoundingClientRect().top;
    view.scrollTo({ top: view.scrollTop + offset - 12, behavior: "instant" });
  }
  relabel(element);
  showNoted();
  markOpened();
});
relabel(element);
