// The review page: its keys, its buttons and its mouse, and how it begins.
import { addressed, el, foldedOnly } from "./text.js";
import { explanations } from "./pair.js";
import { byId, current, pane, sentences, state } from "./state.js";
import { open, readLinks, select, showCursor, step } from "./article.js";
import { cut, edit, glue, merge, miss, redate, relink, split } from "./cuts.js";
import { bookmark, dismiss, dismissWide, forAll, judge, see, turn } from "./decisions.js";
import { ask, askName, compare } from "./dialogs.js";
import { drawQueue, loadQueue, markCurrent, nextInQueue, progress } from "./queue.js";
import { alarm, get, tell } from "./server.js";

// Key, name (what a button leaves out stands behind the bar), what it does, and how the key is shown.
const ACTIONS = [
  ["a", "Accept", () => judge("accepted")],
  ["r", "Reject", () => judge("rejected")],
  [" ", "Seen", see, "Space"],
  ["x", "False alarm", () => dismiss("false")],
  ["X", "Dismiss kind", dismissWide, "Shift X"],
  ["v", "Alarm is right", () => dismiss("right")],
  ["m", "Merge| with the next", merge],
  ["s", "Split| the bead", split],
  ["K", "Up|: the sentence to the bead above", () => relink(-1), "Shift K"],
  ["J", "Down|: the sentence to the bead below", () => relink(1), "Shift J"],
  ["c", "Cut| the sentence", cut],
  ["g", "Join| it with the next sentence", glue],
  ["e", "Edit| the text", edit],
  ["d", "Date", redate],
  ["i", "Missed issue", miss],
  ["b", "Bookmark", bookmark],
  ["z", "Undo", () => turn("undo")],
  ["y", "Redo", () => turn("redo")],
];
const MOVES = [
  ["j", "next bead", () => step(1)],
  ["k", "bead before", () => step(-1)],
  ["ArrowDown", "next bead", () => step(1), "↓"],
  ["ArrowUp", "bead before", () => step(-1), "↑"],
  ["l", "next sentence", () => walk(1)],
  ["h", "sentence before", () => walk(-1)],
  ["ArrowRight", "next sentence", () => walk(1), "→"],
  ["ArrowLeft", "sentence before", () => walk(-1), "←"],
  ["n", "next in the queue", () => nextInQueue(1)],
  ["p", "before in the queue", () => nextInQueue(-1)],
  ["/", "find", () => byId("find").focus()],
  ["?", "keys", help],
];
function walk(by) {
  const count = sentences(current().item).length;
  state.cursor = (state.cursor + by + count) % count;
  showCursor();
}
function help() {
  byId("ask-no").hidden = true;
  const rows = [...ACTIONS, ...MOVES].map(([key, label, , shown]) => el("div", {}, el("dt", {}, el("kbd", {}, shown ?? key)), el("dd", {}, label.replace("|", ""))));
  ask("Keys", el("dl", { class: "keys wide" }, ...rows)).then(() => { byId("ask-no").hidden = false; });
}

const KEYS = new Map([...ACTIONS.map(([key, , run]) => [key, { run, decides: true }]), ...MOVES.map(([key, , run]) => [key, { run }])]);
document.addEventListener("keydown", (event) => {
  if (byId("ask").open || event.altKey) return;
  if (event.ctrlKey || event.metaKey) {
    const what = event.key === "y" || (event.key === "Z" && event.shiftKey) ? "redo" : event.key === "z" ? "undo" : null;
    if (!what || event.target.matches("input, textarea")) return;
    event.preventDefault();
    if (!state.readOnly) turn(what);
    return;
  }
  if (event.target.matches("input, select, textarea") || (event.target.matches("button, summary") && (event.key === " " || event.key === "Enter"))) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const action = KEYS.get(event.key);
  if (!action || !current() || (action.decides && state.readOnly)) return;
  event.preventDefault();
  action.run();
});

byId("actions").append(...ACTIONS.slice(0, 16).map(([key, label, run, shown]) => el("button", { type: "button", title: label.replace("|", ""), onclick: () => current() && !state.readOnly && run() }, label.split("|")[0], el("kbd", {}, shown ?? key))));
byId("undo").onclick = () => turn("undo");
byId("redo").onclick = () => turn("redo");
byId("name").onclick = askName;
byId("compare").onclick = compare;
byId("help").onclick = help;
byId("theme").onclick = () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
};
byId("filter").addEventListener("input", (event) => (event.target.id === "all" ? forAll(event.target.value) : drawQueue()));
byId("filter").addEventListener("submit", (event) => event.preventDefault());
byId("find").addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  search(byId("find").value.trim());
});
// Enter goes from hit to hit: those in this article pair first; the queue shows those of all.
async function search(words) {
  const query = foldedOnly(words);
  if (!query) return;
  alarm("");
  if (query !== state.asked) {
    const found = await get(`/api/find?q=${encodeURIComponent(words)}`);
    state.asked = query;
    state.found = new Set(found.map(([article, key]) => `${article} ${key}`));
    byId("found").hidden = false;
    byId("status").value = "found";
    drawQueue();
  }
  const holds = (place) => place.item?.sides.flat().some((sentence) => foldedOnly(sentence.text).includes(query));
  const at = pane.items.findIndex((place, k) => k > state.at && holds(place));
  if (at >= 0) select(at);
  else {
    const elsewhere = state.shown.filter((line) => line.article !== state.article.id);
    const next = elsewhere.find((line) => line.article > state.article.id) ?? elsewhere[0];
    const first = pane.items.findIndex(holds);
    if (next) await open(next.article, next.key);
    else if (first >= 0) select(first);
    else alarm("in no article pair");
  }
  byId("find").focus();
}

const rows = byId("rows");
rows.addEventListener("click", (event) => {
  const node = event.target.closest(".row");
  if (!node || event.target.closest("button")) return;
  const box = event.target.closest(".sentence");
  const at = pane.items.findIndex((place) => place.item === node.item);
  if (at >= 0) select(at, box ? [...node.querySelectorAll(".sentence")].indexOf(box) : 0);
});
rows.addEventListener("pointermove", (event) => {
  const { item } = event.target.closest(".row") ?? {};
  if (item) readLinks(item);
});
let dragged = null;
rows.addEventListener("dragstart", (event) => {
  const box = event.target.closest?.(".sentence");
  if (!box || state.readOnly) return;
  dragged = { from: pane.items.findIndex((place) => place.item === box.closest(".row").item), which: Number(box.dataset.side), k: Number(box.dataset.k) };
  event.dataTransfer.setData("text/plain", "");
  event.dataTransfer.effectAllowed = "move";
});
rows.addEventListener("dragover", (event) => {
  const node = event.target.closest(".row");
  if (!node || !dragged) return;
  event.preventDefault();
  for (const other of rows.querySelectorAll(".over")) if (other !== node) other.classList.remove("over");
  node.classList.add("over");
});
rows.addEventListener("drop", (event) => {
  const node = event.target.closest(".row");
  event.preventDefault();
  if (!node || !dragged) return;
  node.classList.remove("over");
  const to = pane.items.findIndex((place) => place.item === node.item);
  const { from, which, k } = dragged;
  dragged = null;
  relink(0, from, which, k, to);
});

function route() {
  const [id, key] = addressed();
  if (!id || (state.queue.length && !(id in state.titles))) return null;
  return open(id, key).catch(() => {}); // before the queue is there, no one knows whether there is such an article pair
}
// What the address names is asked for first: it is drawn while the queue is on its way.
let named = route();
addEventListener("hashchange", () => { named = route(); });

explanations(document.body, byId("tip"));
if (matchMedia("(max-width: 48rem)").matches) byId("filters").open = false;
byId("then").value = localStorage.getItem("tithi-then") ?? "article";
byId("then").onchange = () => localStorage.setItem("tithi-then", byId("then").value);
await loadQueue();
await named;
if (state.article) markCurrent();
else await open((state.shown[0] ?? state.queue[0]).article, (state.shown[0] ?? state.queue[0]).key);
if (state.readOnly) {
  document.body.classList.add("read-only");
  byId("actions").hidden = byId("undo").hidden = byId("redo").hidden = byId("name").hidden = true;
  tell("this page only shows");
} else if (state.who) {
  byId("name").textContent = state.who;
  state.pace = (await get(`/api/progress?who=${encodeURIComponent(state.who)}`)).pace;
  progress();
} else askName();
document.documentElement.dataset.ready = "yes";
