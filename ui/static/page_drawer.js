// The drawer of past conversations, and the place where Python hands over what the browser is to keep or to download.
const drawer = element.querySelector("#past");
const rows = element.querySelector("#past-list");
const search = element.querySelector("#past-search");
const notice = element.querySelector("#past-notice");
const titleOf = (one) => one.title || one.questions?.[0] || inWords("未命名", "Untitled");

function say(text) {
  notice.textContent = text;
  notice.hidden = !text;
}

function make(tag, text, name, act) {
  const made = document.createElement(tag);
  made.textContent = text;
  if (name) made.setAttribute("aria-label", name);
  if (tag === "button") made.type = "button";
  if (act) made.addEventListener("click", act);
  return made;
}

function row(one) {
  const item = document.createElement("li");
  const opener = make("button", titleOf(one), "", () => show(one.id));
  opener.className = "past-open";
  if (one.id === shelf.current) item.setAttribute("aria-current", "true");
  const when = make("span", new Date(one.time).toLocaleString(english ? "en" : "zh-CN", { dateStyle: "short", timeStyle: "short" }));
  when.className = "of";
  const rename = make("button", inWords("命名", "Rename"), `${inWords("命名", "Rename")} ${titleOf(one)}`, () => naming(item, one));
  const remove = make("button", inWords("删除", "Delete"), `${inWords("删除", "Delete")} ${titleOf(one)}`, () => {
    if (!confirm(inWords("删除这段对话？", "Delete this conversation?"))) return;
    const open = one.id === shelf.current;
    shelf.remove(one.id);
    if (open) trigger("clear");
    list();
  });
  for (const button of [rename, remove]) button.className = "plain";
  item.append(opener, when, rename, remove);
  return item;
}

function naming(item, one) {
  const field = document.createElement("input");
  field.value = titleOf(one);
  field.maxLength = 80;
  field.setAttribute("aria-label", inWords("对话名称", "Name of the conversation"));
  const done = (keep) => {
    if (keep) shelf.rename(one.id, field.value.trim());
    list();
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") done(true);
    if (event.key === "Escape") done(false);
    event.stopPropagation();
  });
  item.querySelector(".past-open").replaceWith(field);
  field.select();
}

function list() {
  const sought = search.value.trim().toLowerCase();
  const found = shelf.list().filter((one) => [one.title, ...(one.questions ?? [])].join("\n").toLowerCase().includes(sought));
  rows.replaceChildren(...found.map(row));
  element.querySelector("#past-none").hidden = found.length > 0;
}

function show(id) {
  const turns = shelf.turns(id);
  if (!turns || busy()) return;
  shelf.current = id;
  dispatch("forget", { from: 0 });
  trigger("input", { turns });
  toggle(false);
}

function toggle(open) {
  drawer.hidden = !open;
  document.getElementById("past-toggle")?.setAttribute("aria-expanded", String(open));
  if (open) {
    list();
    search.focus();
  }
}

function keep({ turns, earlier, replaced }) {
  dispatch("forget", { from: earlier });
  if (turns.length === 0) {
    shelf.current = null;
    return list();
  }
  // A server that was started anew has forgotten what came before: the longer conversation stays as it is.
  const stored = shelf.current ? (shelf.turns(shelf.current)?.length ?? 0) : 0;
  if (!shelf.current || (!replaced && earlier < stored)) {
    shelf.current = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
  try {
    const dropped = shelf.save(shelf.current, turns);
    say(dropped ? inWords(`浏览器空间有限，删去了最早的 ${dropped} 段对话。`, `The ${dropped} oldest conversations were dropped for lack of space.`) : "");
  } catch {
    say(inWords("浏览器存不下这段对话，刷新后会丢失。", "The browser has no room for this conversation: a reload will lose it."));
  }
  list();
}

function hand({ name, type, data }) {
  const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const received = { keep, file: hand, noted: (detail) => dispatch("noted", detail) };
watch("value", () => {
  const message = parsed(props.value, {});
  received[message.kind]?.(message);
});

search.addEventListener("input", list);
element.querySelector("#past-close").addEventListener("click", () => toggle(false));
drawer.addEventListener("keydown", (event) => event.key === "Escape" && toggle(false));
document.addEventListener("click", (event) => {
  if (event.target.closest("#past-toggle")) toggle(drawer.hidden);
  const language = event.target.closest("#language");
  if (language) {
    localStorage.setItem("suyuan.language", english ? "zh" : "en");
    location.reload();
  }
});
relabel(document);
if (shelf.current) {
  const turns = shelf.turns(shelf.current);
  if (turns) trigger("input", { turns });
  else shelf.current = null;
}
