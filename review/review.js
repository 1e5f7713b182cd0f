// The review page: the queue, the keys, what is decided and whether it is saved.
import { addressed, el, foldedOnly } from "./text.js";
import { LANGS, explanations } from "./pair.js";
import { Pane, flat, keyOf, made, points, putChecks, saidOf, setReading, signature, statusOf, textOf, waitsForChecks } from "./desk.js";

const LISTED = 60;
const CHECKED = 50; // beads that the server checks at once
const byId = (id) => document.getElementById(id);
const tab = crypto.randomUUID();
const pane = new Pane(byId("rows"));
const state = { who: localStorage.getItem("tithi-name") || "", queue: [], index: new Map(), shown: [], article: null, at: -1, cursor: 0, revs: new Map(), base: 0, titles: {}, readOnly: false, times: [], pace: 0, found: new Set(), asked: "" };

// --- talking to the server: one change after the other; what cannot be sent is tried again --------------------------

async function get(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

let sending = Promise.resolve();
let waiting = 0;
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

async function post(path, body) {
  for (;;) {
    let response;
    try {
      response = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    } catch {
      tell(`NOT SAVED: the server does not answer; ${waiting} waiting, trying again`, true);
      await pause(1000);
      continue;
    }
    if (response.ok) return response.json();
    if (response.status === 403) {
      tell("NOT SAVED: the server was started again; open the address it printed in another tab", true);
      await pause(1000);
      continue;
    }
    const text = await response.text();
    let told = text;
    try {
      told = JSON.parse(text).told;
    } catch { /* plain text */ }
    throw Object.assign(new Error(told), { status: response.status });
  }
}

function tell(text, bad = false) {
  byId("saved").textContent = text;
  byId("saved").classList.toggle("bad", bad);
}
function alarm(text) {
  byId("alert").textContent = text;
  byId("alert").hidden = !text;
}

function send(path, body, done) {
  waiting += 1;
  tell("saving …");
  sending = sending.then(async () => {
    try {
      const answer = await post(path, body());
      await done(answer);
      if (waiting === 1) tell(`saved ${new Date().toLocaleTimeString()}`);
    } catch (error) {
      alarm(error.message);
      tell("the last decision was not taken", true);
      await refresh();
    } finally {
      waiting -= 1;
    }
  });
  return sending;
}
addEventListener("beforeunload", (event) => waiting && event.preventDefault());

function decide(items) {
  alarm("");
  return send(
    "/api/decide",
    () => ({ who: state.who, tab, items, rev: Object.fromEntries([...new Set(items.map((item) => item.article))].map((id) => [id, state.revs.get(id) ?? state.base])) }),
    (answer) => {
      for (const place of pane.items) if (place.item?.saving) {
        delete place.item.saving;
        pane.node(place.item.key)?.classList.remove("saving");
      }
      document.documentElement.dataset.rev = answer.rev;
      checkChanged();
    },
  );
}

async function refresh() {
  await loadQueue();
  if (state.article) await open(state.article.id, current()?.item?.key, true);
}

// --- the queue -------------------------------------------------------------------------------------------------------

const lineFrom = ([article, key, doubt, kinds, opening, verdict, seen, bookmark]) => ({ article, key, doubt, kinds, opening, verdict, seen, bookmark });

async function loadQueue() {
  const { queue, rev, ...told } = await get("/api/queue");
  Object.assign(state, told, { base: rev });
  state.queue = queue.map(lineFrom);
  state.index = new Map(state.queue.map((line) => [`${line.article} ${line.key}`, line]));
  drawKinds();
  byId("all").disabled = state.readOnly;
  drawQueue();
}

function drawKinds() {
  const kinds = [...new Set(state.queue.flatMap((line) => line.kinds))].sort();
  const chosen = byId("kind").value;
  byId("kind").replaceChildren(el("option", { value: "" }, "anything"), ...kinds.map((kind) => el("option", { value: kind }, kind)));
  byId("kind").value = kinds.includes(chosen) ? chosen : "";
}

// Put a line of the queue where its doubt belongs, in the place of an older one of the same bead.
function putLine(line) {
  const old = lineOf(line.article, line.key);
  if (old) state.queue.splice(state.queue.indexOf(old), 1);
  const fields = Object.assign(old ?? {}, line);
  const at = state.queue.findIndex((other) => other.doubt < fields.doubt);
  state.queue.splice(at < 0 ? state.queue.length : at, 0, fields);
  state.index.set(`${fields.article} ${fields.key}`, fields);
}

const TESTS = { found: (line) => state.found.has(`${line.article} ${line.key}`), "": () => true, open: (line) => line.verdict === null, decided: (line) => line.verdict !== null, bookmark: (line) => line.bookmark, unseen: (line) => !line.seen };
function drawQueue() {
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

const lineOf = (article, key) => state.index.get(`${article} ${key}`);
let marked = null;
function markCurrent() {
  const line = current()?.item && lineOf(state.article.id, current().item.key);
  if (marked) mark(marked);
  marked = line || null;
  if (marked) mark(marked);
}

function progress() {
  const done = state.queue.reduce((sum, line) => sum + (line.verdict !== null), 0);
  const left = state.queue.length - done;
  const after = Date.now() - 600_000;
  state.times = state.times.filter((time) => time > after);
  const pace = Math.max(state.times.length * 6, state.pace);
  byId("done").max = state.queue.length || 1;
  byId("done").value = done;
  byId("left").textContent = `${left.toLocaleString("en")} left · ${done.toLocaleString("en")} done${pace ? ` · ${pace} an hour` : ""}`;
}

function nextInQueue(by) {
  const here = current()?.item && lineOf(state.article.id, current().item.key);
  let at = state.shown.indexOf(here);
  if (at < 0 && here) at = state.shown.findIndex((line) => line.doubt < here.doubt) - (by > 0 ? 1 : 0);
  for (at += by; at >= 0 && at < state.shown.length; at += by) {
    const line = state.shown[at];
    if (byId("status").value !== "open" || line.verdict === null) return open(line.article, line.key);
  }
  return alarm("the end of the queue");
}

// --- the article -----------------------------------------------------------------------------------------------------

const current = () => pane.items[state.at];
let opening = 0;
async function open(id, key, again = false) {
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

function select(at, cursor = 0) {
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

const sentences = (item) => item.sides.flatMap((side, which) => side.map((sentence, k) => ({ sentence, which, k })));
const chosen = () => sentences(current().item)[state.cursor];
function showCursor() {
  const node = pane.node(current().item.key);
  if (!node) return;
  [...node.querySelectorAll(".sentence")].forEach((box, k) => box.classList.toggle("cursor", k === state.cursor));
}
function step(by) {
  let at = state.at + by;
  while (pane.items[at] && !pane.items[at].item) at += by;
  if (pane.items[at]) select(at);
}
const neighbour = (by) => {
  let at = state.at + by;
  while (pane.items[at] && !pane.items[at].item) at += by;
  return pane.items[at] ? at : -1;
};

function redraw(place) {
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

// What people changed is checked as it reads now, soon after it was saved: the nearest first, each once a round.
let round = null;
async function checkChanged() {
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

// --- decisions -------------------------------------------------------------------------------------------------------

const now = (kind, data) => ({ article: state.article.id, kind, data });
const tick = (line, verdict) => {
  if (!line) return;
  if (line.verdict === null && verdict !== null) state.times.push(Date.now());
  line.verdict = verdict;
  line.node?.classList.toggle("done", verdict !== null);
  progress();
};

function judge(verdict) {
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
function see() {
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
function dismiss(verdict) {
  const { item } = current();
  const issue = item.issues.find((one) => saidOf(item, one) === undefined) ?? item.issues.find((one) => saidOf(item, one) !== verdict);
  if (!issue) return alarm("no alarm here");
  issue.said = { ...issue.said, [signature(issue)]: verdict };
  redraw(current());
  return decide([now("alarm", { bead: item.key, issue: signature(issue), verdict })]);
}
async function dismissWide() {
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
function bookmark() {
  const { item } = current();
  item.bookmark = !item.bookmark;
  redraw(current());
  const line = lineOf(state.article.id, item.key);
  if (line) line.bookmark = item.bookmark;
  decide([now("bookmark", { bead: item.key, on: item.bookmark })]);
}

// Put beads in the place of others over the same text; `from` and `to` are places among the items.
function replace(indexes, beads, focus = 0) {
  const old = indexes.map((at) => pane.items[at]);
  const news = beads.filter((sides) => sides.some((side) => side.length)).map((sides) => ({ segment: old[0].segment, item: made(sides, state.who) }));
  const data = { remove: old.map((place) => place.item.key), add: news.map(({ item }) => Object.fromEntries(LANGS.map((lang, k) => [lang, item.sides[k].map((sentence) => sentence.span)]))) };
  for (const place of news) place.item.saving = true;
  const first = Math.min(...indexes);
  if (indexes.every((at) => pane.lo <= at && at < pane.hi)) pane.swap(indexes, news);
  else {
    for (const at of [...indexes].sort((a, b) => b - a)) pane.items.splice(at, 1);
    pane.items.splice(first, 0, ...news);
    pane.redraw();
  }
  for (const { item } of old) {
    const line = lineOf(state.article.id, item.key);
    if (line) {
      line.verdict = "made";
      line.node?.remove();
      state.index.delete(`${line.article} ${line.key}`);
      state.queue.splice(state.queue.indexOf(line), 1);
      state.shown.includes(line) && state.shown.splice(state.shown.indexOf(line), 1);
    }
  }
  for (const { item } of news) {
    const line = { article: state.article.id, key: item.key, doubt: 0, kinds: [], opening: (item.sides[0][0] ?? item.sides[1][0]).text.slice(0, 60), verdict: "made", seen: false, bookmark: false };
    state.queue.push(line);
    state.index.set(`${line.article} ${line.key}`, line);
  }
  state.at = -1;
  select(first + Math.min(focus, news.length - 1));
  progress();
  decide([now("replace", data)]);
}

function merge() {
  const next = neighbour(1);
  if (next < 0) return alarm("there is no bead below");
  const [one, two] = [current().item, pane.items[next].item];
  const join = (which) => [...one.sides[which], ...two.sides[which]].sort((a, b) => a.span[0] - b.span[0]);
  return replace([state.at, next], [[join(0), join(1)]]);
}
function split() {
  const { item } = current();
  const at = Math.max(chosen().k, 1);
  if (sentences(item).length < 2) return alarm("one sentence alone is not split; cut the sentence first");
  const cut = item.sides.map((side) => Math.min(at, Math.max(side.length - (side.length > 1 ? 1 : 0), side.length > 1 ? 1 : side.length)));
  let halves = [item.sides.map((side, which) => side.slice(0, cut[which])), item.sides.map((side, which) => side.slice(cut[which]))];
  if (!halves[1].flat().length) halves = [[item.sides[0], []], [[], item.sides[1]]];
  return replace([state.at], halves, 1);
}
function relink(by, from = state.at, which = chosen().which, k = chosen().k, to = neighbour(by)) {
  if (to < 0 || to === from) return alarm("there is no bead there");
  const [one, two] = [pane.items[from].item, pane.items[to].item];
  const sentence = one.sides[which][k];
  const left = one.sides.map((side, w) => (w === which ? side.filter((_, n) => n !== k) : side));
  const right = two.sides.map((side, w) => (w === which ? [...side, sentence].sort((a, b) => a.span[0] - b.span[0]) : side));
  return from < to ? replace([from, to], [left, right], left.flat().length ? 1 : 0) : replace([to, from], [right, left], 0);
}
function glue() {
  const { which, k } = chosen();
  const side = current().item.sides[which];
  if (!side[k + 1]) return alarm("no sentence follows in this bead; merge the beads first");
  const joined = { span: [side[k].span[0], side[k + 1].span[1]], text: `${side[k].text} ${side[k + 1].text}`, from: 0 };
  const sides = current().item.sides.map((own, w) => (w === which ? [...own.slice(0, k), joined, ...own.slice(k + 2)] : own));
  return replace([state.at], [sides]);
}
async function cut() {
  const { sentence, which, k } = chosen();
  const box = el("textarea", { rows: 5, readonly: true, lang: LANGS[which], "aria-label": "sentence" }, sentence.text);
  const at = sentence.text.search(/(?<=[।.?!])\s/);
  setTimeout(() => box.setSelectionRange(Math.max(at, 0), Math.max(at, 0)));
  if (!(await ask("Cut the sentence: put the caret where the second begins, then Enter", box))) return;
  const place = box.selectionStart;
  const [one, two] = [sentence.text.slice(0, place).trimEnd(), sentence.text.slice(place).trimStart()];
  if (!one.trim() || !two) return alarm("nothing would be left on one side of the cut");
  const [start, stop] = sentence.span;
  const pieces = [{ span: [start, start + points(one)], text: one, from: 0 }, { span: [stop - points(two), stop], text: two, from: 0 }];
  replace([state.at], [current().item.sides.map((own, w) => (w === which ? [...own.slice(0, k), ...pieces, ...own.slice(k + 1)] : own))]);
}
async function edit() {
  const { sentence, which } = chosen();
  const box = el("textarea", { rows: 5, lang: LANGS[which], "aria-label": "text" });
  box.value = textOf(sentence);
  const past = (sentence.history || []).map(([who, at, text]) => el("li", {}, `${at.slice(0, 16).replace("T", " ")} ${who}: `, el("bdi", {}, text ?? "as published")));
  if (!(await ask("Correct the text", el("div", {}, box, past.length ? el("ul", { class: "history" }, el("li", {}, "published: ", el("bdi", {}, sentence.text)), ...past) : "")))) return;
  const written = box.value.trim();
  const text = written === sentence.text ? null : written;
  current().item.unchecked = true;
  sentence.history = [...(sentence.history || []), [state.who, new Date().toISOString(), text]];
  redraw(current());
  decide([now("text", { lang: LANGS[which], span: sentence.span, text })]);
}
async function redate() {
  const { segment } = current();
  const { which } = chosen();
  const lang = LANGS[which];
  if (!segment.places[lang].length) return alarm("this segment has no text on that side");
  const box = el("input", { value: segment.edited[lang] ?? segment.dates[which][0] ?? "", placeholder: "2019-05-12", "aria-label": "date" });
  if (!(await ask(`Date of this segment (${lang}), EDTF, empty for undated`, box))) return;
  const date = box.value.trim() || null;
  segment.edited[lang] = date;
  pane.redraw();
  select(state.at, state.cursor);
  decide([now("date", { segment: segment.id, lang, span: segment.places[lang][0], date })]);
}
async function miss() {
  const { which, sentence } = chosen();
  const kind = el("select", { "aria-label": "kind" }, ...[...state.issues, "other"].map((name) => el("option", {}, name)));
  const part = el("textarea", { rows: 3, readonly: true, lang: LANGS[which], "aria-label": "select the part it concerns" }, sentence.text);
  const note = el("input", { placeholder: "what is wrong", "aria-label": "note" });
  if (!(await ask("An issue the checks missed: select the part, name it", el("div", {}, el("label", {}, "kind", kind), el("label", {}, "where", part), el("label", {}, "note", note))))) return;
  const [a, b] = part.selectionStart < part.selectionEnd ? [part.selectionStart, part.selectionEnd] : [0, sentence.text.length];
  const start = sentence.span[0] + points(sentence.text.slice(0, a));
  const data = { bead: current().item.key, issue: kind.value, lang: LANGS[which], span: [start, start + points(sentence.text.slice(a, b))], note: note.value };
  current().item.missed.push({ ...data, who: state.who });
  redraw(current());
  decide([now("missed", data)]);
}
function turn(what) {
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
async function forAll(choice) {
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

// --- dialogs, keys, mouse --------------------------------------------------------------------------------------------

function ask(title, body) {
  byId("ask-title").textContent = title;
  byId("ask-body").replaceChildren(body);
  const dialog = byId("ask");
  dialog.showModal();
  (body.matches?.("input, textarea, select") ? body : body.querySelector("input, textarea, select"))?.focus();
  return new Promise((resolve) => {
    const end = (answer) => {
      dialog.close();
      resolve(answer);
      pane.node(current()?.item?.key)?.focus({ preventScroll: true });
    };
    byId("ask").querySelector("form").onsubmit = (event) => {
      event.preventDefault();
      end(true);
    };
    byId("ask-no").onclick = () => end(false);
    dialog.oncancel = () => end(false);
    dialog.onkeydown = (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.tagName !== "BUTTON") {
        event.preventDefault();
        end(true);
      }
    };
  });
}

async function askName() {
  const box = el("input", { value: state.who, "aria-label": "name", maxlength: 60 });
  const ok = await ask("Who decides? A name that stands with each decision", box);
  if (ok && box.value.trim()) state.who = box.value.trim().replace(/\s+/g, " ");
  state.who ||= "anonymous";
  localStorage.setItem("tithi-name", state.who);
  byId("name").textContent = state.who;
  state.pace = (await get(`/api/progress?who=${encodeURIComponent(state.who)}`)).pace;
  progress();
}

async function compare() {
  const one = el("input", { value: state.who, "aria-label": "one" });
  const other = el("input", { "aria-label": "other" });
  if (!(await ask("Agreement between two people", el("div", {}, el("label", {}, "one", one), el("label", {}, "other", other))))) return;
  const found = await get(`/api/agreement?one=${encodeURIComponent(one.value)}&other=${encodeURIComponent(other.value)}`);
  const told = found.kappa === null ? "kappa is not defined" : `kappa ${found.kappa.toFixed(2)}`;
  const list = found.differ.slice(0, 200).map(([article, key, a, b]) => el("li", {}, el("a", { href: `#/${encodeURIComponent(article)}/${key}` }, `${article} ${key}`), ` ${a} / ${b}`));
  await ask(`${found.agreed} of ${found.beads} beads alike, ${told}`, el("ul", { class: "history" }, ...list));
}

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
  return id ? open(id, key).catch(() => {}) : null; // there may be no such article pair
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
