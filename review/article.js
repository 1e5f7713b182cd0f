// The article that is open: drawn, read, walked through, and checked where people changed it.
import { flat, putChecks, setReading, waitsForChecks } from "./desk.js";
import { byId, current, pane, pause, state } from "./state.js";
import { drawKinds, drawQueue, lineFrom, lineOf, markCurrent, putLine } from "./queue.js";
import { get } from "./server.js";

const CHECKED = 50; // beads that the server checks at once

let opening = 0;
export async function open(id, key, again = false) {
  const mine = ++opening;
  if (again || state.article?.id !== id) {
    const article = await get(`/api/article/${encodeURIComponent(id)}`);
    if (mine !== opening) return; // another was asked for since
    state.article = article;
    state.revs.set(id, article.rev);
    byId("title").textContent = article.name;
    pane.open(flat(article));
    state.at = -1;
  }
  if (state.read !== id) setReading(null);
  const at = pane.items.findIndex((place) => place.item && (!key || place.item.key === key));
  select(at >= 0 ? at : pane.items.findIndex((place) => place.item));
  if (state.read !== id) readMarks(id);
}

// Dates and numbers come a little later: reading them is most of the work of a long article. First those in sight.
// Nothing is drawn anew under a finger or a mouse that holds a sentence.
let held = false;
for (const [name, value] of [["pointerdown", true], ["pointerup", false], ["dragend", false]]) addEventListener(name, () => { held = value; }, true);
async function readMarks(id) {
  state.read = id;
  const path = `/api/marks/${encodeURIComponent(id)}`;
  for (const part of [`?${pane.sight()}`, ""]) {
    const found = await get(`${path}${part}`);
    while (held) await pause(50);
    if (state.article?.id !== id) return;
    showMarks(found);
  }
}
function showMarks(found) {
  setReading(found);
  checkChanged();
  pane.refresh();
  if (current()?.item) {
    pane.node(current().item.key)?.classList.add("current");
    showCursor();
  }
}

export function select(at, cursor = 0) {
  if (at < 0 || at >= pane.items.length) return;
  pane.node(current()?.item?.key)?.classList.remove("current");
  state.at = at;
  state.cursor = cursor;
  pane.around(at);
  const node = pane.node(current().item.key);
  node.classList.add("current");
  showCursor();
  node.focus({ preventScroll: true });
  node.scrollIntoView({ block: "center" });
  history.replaceState(null, "", `#/${encodeURIComponent(state.article.id)}/${current().item.key}`);
  markCurrent();
}

export function showCursor() {
  const node = pane.node(current().item.key);
  if (!node) return;
  [...node.querySelectorAll(".sentence")].forEach((box, k) => box.classList.toggle("cursor", k === state.cursor));
}
export function step(by) {
  let at = state.at + by;
  while (pane.items[at] && !pane.items[at].item) at += by;
  if (pane.items[at]) select(at);
}
export const neighbour = (by) => {
  let at = state.at + by;
  while (pane.items[at] && !pane.items[at].item) at += by;
  return pane.items[at] ? at : -1;
};

export function redraw(place) {
  place.item.saving = true;
  show(place);
}
function show(place) {
  pane.update(place);
  if (place === current()) {
    pane.node(place.item.key)?.classList.add("current");
    showCursor();
  }
}

// The words that say the same, for the bead that is pointed at.
export async function readLinks(item) {
  if (item.links !== undefined || item.saving || item.unchecked || !item.sides.every((side) => side.length)) return;
  item.links = null;
  const { id } = state.article;
  item.links = await get(`/api/links/${encodeURIComponent(id)}?bead=${encodeURIComponent(item.key)}`).catch(() => undefined);
}

// What people changed is checked as it reads now, soon after it was saved: the nearest first, each once a round.
let round = null;
export async function checkChanged() {
  if (round) {
    round.again = true;
    return;
  }
  round = { asked: new Set() };
  try {
    while (await checkNearest(round.asked) || round.again) if (round.again) round = { asked: new Set() };
  } catch { /* the server is away: asked again with the next change */ } finally {
    round = null;
  }
}
async function checkNearest(asked) {
  const { id } = state.article;
  const wait = pane.items.flatMap(({ item }, at) => (item && !item.saving && waitsForChecks(item) && !asked.has(item) ? [{ item, far: Math.abs(at - state.at) }] : []));
  const next = wait.sort((a, b) => a.far - b.far).slice(0, CHECKED).map(({ item }) => item);
  if (!next.length) return false;
  for (const item of next) asked.add(item);
  const found = await get(`/api/checked/${encodeURIComponent(id)}?${next.map((item) => `bead=${encodeURIComponent(item.key)}`).join("&")}`);
  while (held) await pause(50);
  if (state.article.id === id) showChecked(found);
  return true;
}
function showChecked({ beads, facts }) {
  const places = new Map(pane.items.filter((place) => place.item).map((place) => [place.item.key, place]));
  for (const { bead, item, line } of beads) {
    const place = places.get(bead);
    if (!place || place.item.saving) continue;
    putChecks(place.item, item, facts[bead]);
    show(place);
    const old = lineOf(line[0], bead);
    putLine({ ...lineFrom(line), ...(old && { verdict: old.verdict, seen: old.seen, bookmark: old.bookmark }) });
  }
  drawKinds();
  drawQueue();
}
