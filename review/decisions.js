// What is decided of a bead as it is: verdicts, alarms, bookmarks; and undoing.
import { el } from "./text.js";
import { saidOf, signature, statusOf } from "./desk.js";
import { byId, current, pane, state, tab } from "./state.js";
import { checkChanged, open, redraw, select, step } from "./article.js";
import { ask } from "./dialogs.js";
import { drawQueue, lineFrom, lineOf, loadQueue, nextInQueue, progress, putLine } from "./queue.js";
import { alarm, decide, refresh, send } from "./server.js";

export const now = (kind, data) => ({ article: state.article.id, kind, data });
const tick = (line, verdict) => {
  if (!line) return;
  if (line.verdict === null && verdict !== null) state.times.push(Date.now());
  line.verdict = verdict;
  line.node?.classList.toggle("done", verdict !== null);
  progress();
};

export function judge(verdict) {
  const { item } = current();
  const same = item.verdicts[state.who] === verdict;
  delete item.verdicts[state.who];
  if (!same) item.verdicts[state.who] = verdict;
  redraw(current());
  tick(lineOf(state.article.id, item.key), statusOf(item));
  decide([now("judge", { bead: item.key, verdict: same ? null : verdict })]);
  if (!same) goOn();
}
// After a verdict: the next bead of the article, or the next in the queue.
const goOn = () => (byId("then").value === "queue" ? nextInQueue(1) : step(1));
export function see() {
  const { item } = current();
  if (!item.seen.includes(state.who)) {
    item.seen.push(state.who);
    redraw(current());
    const line = lineOf(state.article.id, item.key);
    if (line) line.seen = true;
    decide([now("seen", { bead: item.key })]);
  }
  goOn();
}
export function dismiss(verdict) {
  const { item } = current();
  const issue = item.issues.find((one) => saidOf(item, one) === undefined) ?? item.issues.find((one) => saidOf(item, one) !== verdict);
  if (!issue) return alarm("no alarm here");
  issue.said = { ...issue.said, [signature(issue)]: verdict };
  redraw(current());
  return decide([now("alarm", { bead: item.key, issue: signature(issue), verdict })]);
}
export async function dismissWide() {
  const { item } = current();
  const issue = item.issues.find((one) => saidOf(item, one) === undefined) ?? item.issues[0];
  if (!issue) return alarm("no alarm here");
  const is = (domain) => state.dismissed.some(([kind, where]) => kind === issue.kind && where === domain);
  const places = [[null, "in the whole dataset"], [state.article.id, "in this article pair"], ...state.article.domains.map((name) => [name, `in all of ${name}`])];
  const where = el("select", { "aria-label": "where" }, ...places.map(([domain, name], k) => el("option", { value: k }, is(domain) ? `${name} (dismissed; take it back)` : name)));
  if (!(await ask(`Alarms of the kind “${issue.kind}” no longer count`, el("label", {}, "where", where)))) return;
  const [domain] = places[Number(where.value)];
  decide([{ article: "", kind: "dismiss", data: { issue: issue.kind, domain, on: !is(domain) } }]).then(refresh);
}
export function bookmark() {
  const { item } = current();
  item.bookmark = !item.bookmark;
  redraw(current());
  const line = lineOf(state.article.id, item.key);
  if (line) line.bookmark = item.bookmark;
  decide([now("bookmark", { bead: item.key, on: item.bookmark })]);
}

export function turn(what) {
  alarm("");
  send(`/api/${what}`, () => ({ who: state.who, tab }), async (answer) => {
    const id = answer.articles.includes(state.article?.id) ? state.article.id : answer.articles[0];
    if (!id) {
      await refresh();
      return;
    }
    if (answer.beads === null || id !== state.article?.id || answer.articles.length > 1) {
      await loadQueue();
      await open(id, current()?.item?.key, true);
    } else {
      putBack(answer.beads);
      checkChanged();
    }
    const at = pane.items.findIndex((place) => place.item && (answer.beads ?? []).some((one) => one.item && one.bead === place.item.key));
    if (at >= 0) select(at);
  });
}

// Where a bead belongs among the items: in its segment, before the first that comes after it on a side both have.
function placeOf(item, segment) {
  const after = (other) => [0, 1].some((which) => item.at[which] !== null && other.at[which] !== null && item.at[which] < other.at[which]);
  const own = pane.items.flatMap((place, k) => (place.segment === segment ? [k] : []));
  return own.find((k) => pane.items[k].item && after(pane.items[k].item)) ?? (own.at(-1) ?? -1) + 1;
}

// Show beads as the server says they stand, without reading the whole article again.
function putBack(beads) {
  const touched = new Map(beads.map((one) => [one.bead, one]));
  const before = pane.items.filter((place) => !place.item || !touched.get(place.item.key) || touched.get(place.item.key).item);
  let first = Math.max(0, pane.items.findIndex((place) => place.item && touched.has(place.item.key)));
  pane.items = before.map((place) => (place.item && touched.has(place.item.key) ? { segment: place.segment, item: touched.get(place.item.key).item } : place));
  const here = new Set(pane.items.map((place) => place.item?.key));
  const segments = new Map(state.article.segments.map((segment) => [segment.id, segment]));
  const missing = beads.filter((one) => one.item && !here.has(one.bead)).sort((a, b) => (a.item.at[0] ?? Infinity) - (b.item.at[0] ?? Infinity) || a.item.at[1] - b.item.at[1]);
  for (const { segment, item } of missing) {
    const at = placeOf(item, segments.get(segment));
    pane.items.splice(at, 0, { segment: segments.get(segment), item });
    first = Math.min(first, at);
  }
  for (const { article, bead, line } of beads) {
    const old = lineOf(article, bead);
    if (old && !line) {
      state.queue.splice(state.queue.indexOf(old), 1);
      state.index.delete(`${article} ${bead}`);
    } else if (line) putLine(lineFrom(line));
  }
  state.at = -1;
  if (!missing.length && beads.every((one) => one.item)) {
    for (const place of pane.items.slice(pane.lo, pane.hi)) if (touched.has(place.item?.key)) pane.update(place);
  } else if (pane.lo <= first && first < pane.hi) pane.redraw(pane.lo, pane.hi + beads.length);
  else pane.redraw(Math.max(0, first - 16), first + 16);
  drawQueue();
}
export async function forAll(choice) {
  drawQueue();
  const lines = state.shown.filter((line) => choice !== "false" || line.kinds.some((kind) => kind !== "no counterpart"));
  byId("all").value = "";
  if (!lines.length || !(await ask(`${choice === "false" ? "Call every alarm false" : `Say ${choice}`} of all ${lines.length.toLocaleString("en")} beads shown?`, el("p", {}, "One undo takes it back.")))) return;
  const kind = byId("kind").value;
  const items = lines.flatMap((line) => {
    const of = (name, data) => ({ article: line.article, kind: name, data: { bead: line.key, ...data } });
    if (choice === "seen") return [of("seen", {})];
    if (choice !== "false") return [of("judge", { verdict: choice })];
    return line.kinds.filter((name) => (!kind || name === kind) && name !== "no counterpart").map((name) => of("alarm", { issue: `${name}: *`, verdict: "false" }));
  });
  decide(items).then(refresh);
}
