// Conversations in the visitor's own browser: one entry a conversation, and one that lists them, newest first.
// What is open in this window is known to this window alone, so that two windows don't write over each other.
const LIST = "suyuan.conversations";
const OPEN = "suyuan.open";
const MOST = 50;
const key = (id) => `suyuan.conversation.${id}`;

function parsed(text, otherwise) {
  try {
    return JSON.parse(text) ?? otherwise;
  } catch {
    return otherwise;
  }
}

const shelf = {
  list() {
    const found = parsed(localStorage.getItem(LIST), []);
    return Array.isArray(found) ? found.filter((one) => one && typeof one.id === "string") : [];
  },
  turns: (id) => parsed(localStorage.getItem(key(id)), null),
  get current() {
    return sessionStorage.getItem(OPEN);
  },
  set current(id) {
    if (id) sessionStorage.setItem(OPEN, id);
    else sessionStorage.removeItem(OPEN);
  },
  // Returns how many old conversations had to go.
  save(id, turns) {
    const before = this.list();
    const known = before.find((one) => one.id === id);
    const questions = turns.map((turn) => String(turn.question));
    const entry = { id, title: known?.title ?? "", questions, time: Date.now() };
    const list = [entry, ...before.filter((one) => one !== known)];
    let dropped = 0;
    const drop = () => {
      localStorage.removeItem(key(list.pop().id));
      dropped += 1;
    };
    while (list.length > MOST) drop();
    for (;;) {
      try {
        localStorage.setItem(key(id), JSON.stringify(turns));
        localStorage.setItem(LIST, JSON.stringify(list));
        return dropped;
      } catch (error) {
        if (list.length === 1) throw error;
        drop();
      }
    }
  },
  rename(id, title) {
    const list = this.list().map((one) => (one.id === id ? { ...one, title } : one));
    localStorage.setItem(LIST, JSON.stringify(list));
  },
  remove(id) {
    localStorage.removeItem(key(id));
    localStorage.setItem(LIST, JSON.stringify(this.list().filter((one) => one.id !== id)));
    if (this.current === id) this.current = null;
  },
};
