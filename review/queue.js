// The queue on the left: its lines, what of it is shown, what is done and left.
import { el } from "./text.js";
import { byId, current, state } from "./state.js";
import { open } from "./article.js";
import { alarm, get } from "./server.js";

const LISTED = 60;

export const lineFrom = ([article, key, doubt, kinds, opening, verdict, seen, bookmark]) => ({ article, key, doubt, kinds, opening, verdict, seen, bookmark });

export async function loadQueue() {
  const { queue, rev, ...told } = await get("/api/queue");
  Object.assign(state, told, { base: rev });
  state.queue = queue.map(lineFrom);
  state.index = new Map(state.queue.map((line) => [`${line.article} ${line.key}`, line]));
  drawKinds();
  byId("all").disabled = state.readOnly;
  drawQueue();
}

export function drawKinds() {
  const kinds = [...new Set(state.queue.flatMap((line) => line.kinds))].sort();
  const chosen = byId("kind").value;
  byId("kind").replaceChildren(el("option", { value: "" }, "anything"), ...kinds.map((kind) => el("option", { value: kind }, kind)));
  byId("kind").value = kinds.includes(chosen) ? chosen : "";
}

// Put a line of the queue where its doubt belongs, in the place of an older one of the same bead.
export function putLine(line) {
  const old = lineOf(line.article, line.key);
  if (old) state.queue.splice(state.queue.indexOf(old), 1);
  const fields = Object.assign(old ?? {}, line);
  const at = state.queue.findIndex((other) => other.doubt < fields.doubt);
  state.queue.splice(at < 0 ? state.queue.length : at, 0, fields);
  state.index.set(`${fields.article} ${fields.key}`, fields);
}

const TESTS = { found: (line) => state.found.has(`${line.article} ${line.key}`), "": () => true, open: (line) => line.verdict === null, decided: (line) => line.verdict !== null, bookmark: (line) => line.bookmark, unseen: (line) => !line.seen };
export function drawQueue() {
  const [status, kind] = [byId("status").value, byId("kind").value];
  state.shown = state.queue.filter((line) => TESTS[status](line) && (!kind || line.kinds.includes(kind)));
  byId("shown").textContent = state.shown.length.toLocaleString("en");
  byId("list").replaceChildren(...state.shown.slice(0, LISTED).map(drawLine));
  if (state.shown.length > LISTED) byId("list").append(el("li", { class: "count" }, `… and ${(state.shown.length - LISTED).toLocaleString("en")} more`));
  progress();
}

function drawLine(line) {
  const node = el(
    "button",
    { type: "button", onclick: () => open(line.article, line.key) },
    el("bdi", { class: "name" }, line.opening || state.titles[line.article] || line.article),
    el("span", { class: "about", title: state.titles[line.article] ?? line.article }, `${line.kinds.join(", ") || "pair"} · doubt ${line.doubt.toFixed(2)}${line.verdict ? ` · ${line.verdict}` : ""}`),
  );
  line.node = el("li", { class: line.verdict ? "done" : null }, node);
  mark(line);
  return line.node;
}

function mark(line) {
  const here = state.article?.id === line.article && current()?.item?.key === line.key;
  const button = line.node?.firstElementChild;
  if (here) button?.setAttribute("aria-current", "true");
  else button?.removeAttribute("aria-current");
}

export const lineOf = (article, key) => state.index.get(`${article} ${key}`);
let marked = null;
export function markCurrent() {
  const line = current()?.item && lineOf(state.article.id, current().item.key);
  if (marked) mark(marked);
  marked = line || null;
  if (marked) mark(marked);
}

export function progress() {
  const done = state.queue.reduce((sum, line) => sum + (line.verdict !== null), 0);
  const left = state.queue.length - done;
  const after = Date.now() - 600_000;
  state.times = state.times.filter((time) => time > after);
  const pace = Math.max(state.times.length * 6, state.pace);
  byId("done").max = state.queue.length || 1;
  byId("done").value = done;
  byId("left").textContent = `${left.toLocaleString("en")} left · ${done.toLocaleString("en")} done${pace ? ` · ${pace} an hour` : ""}`;
}

export function nextInQueue(by) {
  const here = current()?.item && lineOf(state.article.id, current().item.key);
  let at = state.shown.indexOf(here);
  if (at < 0 && here) at = state.shown.findIndex((line) => line.doubt < here.doubt) - (by > 0 ? 1 : 0);
  for (at += by; at >= 0 && at < state.shown.length; at += by) {
    const line = state.shown[at];
    if (byId("status").value !== "open" || line.verdict === null) return open(line.article, line.key);
  }
  return alarm("the end of the queue");
}
