// An article pair being corrected: its items, the part of it that is drawn, and changes made before the server answers.
import { el } from "./text.js";
import { LANGS, drawSegment, shown, side, step } from "./pair.js";

const AROUND = 16;
const MOST = 5 * AROUND; // items drawn at once
const MARKS = { accepted: "✓ confirmed", rejected: "✗ rejected", made: "✎ by hand" };

export const keyOf = (sides) => sides.map((side) => (side.length ? `${side[0].span[0]}-${side.at(-1).span[1]}` : "-")).join("|");
export const points = (text) => [...text].length;
export const signature = (issue) => `${issue.kind}: ${issue.message}`;
export const saidOf = (item, issue) => issue.said[signature(issue)] ?? Object.values(issue.said).at(-1);
export const verdictOf = (item) => Object.values(item.verdicts).at(-1) ?? null;
export const correctionOf = (sentence) => sentence.history?.at(-1)?.[2]?.trim() || null;
export const textOf = (sentence) => correctionOf(sentence) ?? sentence.text;
export const statusOf = (item) => verdictOf(item) ?? (item.made ? "made" : null);

// The items of an article in order: segment headings and beads.
export function flat(article) {
  return article.segments.flatMap((segment) => [{ segment }, ...segment.rows.map((item) => ({ segment, item }))]);
}

// What was read in the article: dates and numbers by their places in code points, in order, and facts told once.
const NOTHING = { marks: [[], []], facts: {} };
let reading = NOTHING;
export const setReading = (read) => {
  reading = read ?? NOTHING;
};

// What people changed is checked by the server after it is saved: what came back is put into the item as it is now.
export const waitsForChecks = (item) => item.unchecked || (item.made && !item.sides.every((side) => side.length) && !(item.key in reading.facts));
export function putChecks(item, checked, facts) {
  const same = (a, b) => a.length === b.length && a.every((sentence, k) => sentence.span.join() === b[k].span.join() && correctionOf(sentence) === correctionOf(b[k]));
  if (!item.sides.every((side, which) => same(side, checked.sides[which]))) return;
  item.sides.forEach((side, which) => side.forEach((sentence, k) => {
    const { from, text } = checked.sides[which][k];
    Object.assign(sentence, { from, text });
  }));
  const { issues, quality, doubt, unchecked } = checked;
  Object.assign(item, { issues, quality, doubt, unchecked, links: undefined });
  reading = { ...reading, facts: { ...reading.facts, [item.key]: facts ?? [] } };
}

function readIn(which, { span: [from, until], text }) {
  const hits = reading.marks[which];
  let low = 0;
  for (let high = hits.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (hits[middle][0] < from) low = middle + 1;
    else high = middle;
  }
  const found = [];
  const units = counter(text);
  for (; low < hits.length && hits[low][1] <= until; low += 1) {
    const [start, stop, kind, value] = hits[low];
    found.push({ start: units(start - from), stop: units(stop - from), kind, value });
  }
  return found;
}
// Turns offsets in code points into UTF-16 units, as the page counts: one walk if they are asked for in rising order.
function counter(text) {
  if (!/[\ud800-\udfff]/.test(text)) return (offset) => offset;
  let [point, unit] = [0, 0];
  return (offset) => {
    if (offset < point) [point, unit] = [0, 0];
    for (; point < offset && unit < text.length; point += 1) unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
    return unit;
  };
}

// Issues of a bead, cut to one of its sentences as it reads now, with the dates and numbers of the sentence as published.
function marksOf(item, which, sentence) {
  const all = [];
  for (const issue of item.unchecked ? [] : item.issues) {
    if (issue.spans[which] && saidOf(item, issue) !== "false") all.push({ start: issue.spans[which][0], stop: issue.spans[which][1], kind: "issue", issue });
  }
  const { length } = textOf(sentence);
  return all
    .map((mark) => ({ ...mark, start: Math.max(0, mark.start - sentence.from), stop: Math.min(length, mark.stop - sentence.from) }))
    .filter((mark) => mark.start < mark.stop)
    .concat(correctionOf(sentence) === null ? readIn(which, sentence) : []);
}

function drawSentence(item, which, k) {
  const sentence = item.sides[which][k];
  const corrected = correctionOf(sentence);
  const text = side(textOf(sentence), which, marksOf(item, which, sentence));
  text.dataset.from = sentence.from;
  return el("div", { class: `sentence${corrected === null ? "" : " corrected"}`, draggable: "true", "data-side": which, "data-k": k, title: corrected === null ? null : `was: ${sentence.text.slice(0, 500)}` }, text);
}

function notes(item) {
  const list = item.issues.map((issue) => {
    const said = saidOf(item, issue);
    return el("li", { class: issue.severity }, el("b", {}, issue.kind), " ", el("bdi", { class: said === "false" ? "false" : null }, issue.message), said ? ` — ${said === "false" ? "false alarm" : "right"}` : "");
  });
  for (const missed of item.missed) list.push(el("li", { class: "error" }, el("b", {}, `missed: ${missed.issue}`), " ", el("bdi", {}, missed.note), ` — ${missed.who}`));
  const facts = reading.facts[item.key];
  if (facts?.length) list.push(el("li", { class: "hint" }, el("b", {}, "told only here"), " ", el("bdi", {}, facts.join(" · "))));
  const names = Object.entries(item.verdicts);
  if (names.length > 1) list.push(el("li", {}, names.map(([name, verdict]) => `${name}: ${verdict}`).join(" · ")));
  return list.length ? el("ul", { class: "notes" }, ...list) : null;
}

export function drawBead({ segment, item }) {
  const status = statusOf(item);
  const alone = item.sides.some((side) => !side.length);
  const sure = item.quality ?? item.score;
  const band = el(
    "div",
    { class: `band ${alone ? "alone" : sure === null ? "step-4" : `step-${step(sure)}`}` },
    el("span", {}, shown(sure)),
    item.sides.some((side) => side.length > 1) ? el("span", { class: "bead" }, item.sides.map((side) => side.length).join("-")) : null,
    el("span", { class: "status" }, status ? MARKS[status] : item.seen.length ? "seen" : "auto", item.bookmark ? " ★" : ""),
  );
  const cell = (which) => el("div", { class: `cell${item.sides[which].length ? "" : " empty"}` }, ...item.sides[which].map((_, k) => drawSentence(item, which, k)));
  const classes = ["row", status, segment.conflict ? "conflict" : null, item.saving ? "saving" : null].filter(Boolean).join(" ");
  const node = el("div", { class: classes, id: `bead-${item.key}`, "data-key": item.key, tabindex: "-1" }, cell(0), band, cell(1), notes(item));
  node.item = item;
  return node;
}

function drawItem(place) {
  if (place.item) return drawBead(place);
  const edited = LANGS.map((lang, k) => (lang in place.segment.edited ? [place.segment.edited[lang]] : place.segment.dates[k]));
  const date = place.segment.edited.hi ?? place.segment.date;
  return drawSegment({ ...place.segment, dates: edited, date, conflict: place.segment.conflict && !Object.keys(place.segment.edited).length });
}

// Draws the part around one item, and more when an end comes near.
export class Pane {
  constructor(root) {
    this.root = root;
    this.items = [];
    this.ends = [el("div", { class: "end" }), el("div", { class: "end" })];
    this.watcher = new IntersectionObserver((seen) => {
      for (const entry of seen) if (entry.isIntersecting) this.extend(entry.target === this.ends[0]);
    }, { rootMargin: "600px" });
  }

  open(items) {
    this.items = items;
    this.lo = this.hi = 0;
    this.watcher.disconnect();
    this.root.replaceChildren(...this.ends);
  }

  around(at) {
    if (this.lo <= at && at < this.hi) return;
    this.redraw(Math.max(0, at - AROUND), Math.min(this.items.length, at + AROUND));
  }

  redraw(lo = this.lo, hi = this.hi) {
    this.watcher.disconnect();
    [this.lo, this.hi] = [lo, Math.min(hi, this.items.length)];
    this.root.replaceChildren(this.ends[0], ...this.items.slice(this.lo, this.hi).map(drawItem), this.ends[1]);
    requestAnimationFrame(() => this.ends.forEach((end) => this.watcher.observe(end)));
  }

  extend(up) {
    if (up && this.lo > 0) {
      const lo = Math.max(0, this.lo - AROUND);
      this.ends[0].after(...this.items.slice(lo, this.lo).map(drawItem));
      this.lo = lo;
      while (this.hi - this.lo > MOST) {
        this.hi -= 1;
        this.ends[1].previousSibling.remove();
      }
    } else if (!up && this.hi < this.items.length) {
      const hi = Math.min(this.items.length, this.hi + AROUND);
      this.ends[1].before(...this.items.slice(this.hi, hi).map(drawItem));
      this.hi = hi;
      while (this.hi - this.lo > MOST) {
        this.lo += 1;
        this.ends[0].nextSibling.remove();
      }
    }
  }

  // Put items in the place of others, of which all are drawn.
  swap(indexes, news) {
    const first = Math.min(...indexes);
    for (const at of [...indexes].sort((a, b) => b - a)) {
      this.node(this.items[at].item.key)?.remove();
      this.items.splice(at, 1);
    }
    this.items.splice(first, 0, ...news);
    const before = first > this.lo ? this.items[first - 1] : null;
    const node = !before ? this.ends[0] : before.item ? this.node(before.item.key) : document.getElementById(`segment-${before.segment.id}`);
    node.after(...news.map(drawItem));
    this.hi += news.length - indexes.length;
  }

  // The places of what is drawn, as the address asks for them: on each side from the first sentence to the last.
  sight() {
    const spans = (which) => this.items.slice(this.lo, this.hi).flatMap((place) => place.item?.sides[which].map((sentence) => sentence.span) ?? []);
    return LANGS.map((lang, which) => [lang, spans(which)])
      .filter(([, found]) => found.length)
      .map(([lang, found]) => `${lang}=${Math.min(...found.map((span) => span[0]))}-${Math.max(...found.map((span) => span[1]))}`)
      .join("&");
  }

  node(key) {
    return document.getElementById(`bead-${key}`);
  }

  // Draw again what is drawn, each item in its place.
  refresh() {
    for (const place of this.items.slice(this.lo, this.hi)) if (place.item) this.update(place);
  }

  update(place) {
    this.node(place.item.key)?.replaceWith(drawBead(place));
  }
}

// A bead made by hand out of sentences.
export function made(sides, who) {
  return { key: keyOf(sides), at: sides.map((side) => side[0]?.span[0] ?? null), sides, made: who, verdicts: {}, seen: [], missed: [], bookmark: false, score: null, quality: null, doubt: 0, issues: [], unchecked: true };
}
