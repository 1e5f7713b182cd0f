// Beads and sentences cut, joined and corrected; an issue that was missed.
import { el } from "./text.js";
import { LANGS } from "./pair.js";
import { made, points, textOf } from "./desk.js";
import { chosen, current, pane, sentences, state } from "./state.js";
import { neighbour, redraw, select } from "./article.js";
import { now } from "./decisions.js";
import { ask } from "./dialogs.js";
import { lineOf, progress } from "./queue.js";
import { alarm, decide } from "./server.js";

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

export function merge() {
  const next = neighbour(1);
  if (next < 0) return alarm("there is no bead below");
  const [one, two] = [current().item, pane.items[next].item];
  const join = (which) => [...one.sides[which], ...two.sides[which]].sort((a, b) => a.span[0] - b.span[0]);
  return replace([state.at, next], [[join(0), join(1)]]);
}
export function split() {
  const { item } = current();
  const at = Math.max(chosen().k, 1);
  if (sentences(item).length < 2) return alarm("one sentence alone is not split; cut the sentence first");
  const cut = item.sides.map((side) => Math.min(at, Math.max(side.length - (side.length > 1 ? 1 : 0), side.length > 1 ? 1 : side.length)));
  let halves = [item.sides.map((side, which) => side.slice(0, cut[which])), item.sides.map((side, which) => side.slice(cut[which]))];
  if (!halves[1].flat().length) halves = [[item.sides[0], []], [[], item.sides[1]]];
  return replace([state.at], halves, 1);
}
export function relink(by, from = state.at, which = chosen().which, k = chosen().k, to = neighbour(by)) {
  if (to < 0 || to === from) return alarm("there is no bead there");
  const [one, two] = [pane.items[from].item, pane.items[to].item];
  const sentence = one.sides[which][k];
  const left = one.sides.map((side, w) => (w === which ? side.filter((_, n) => n !== k) : side));
  const right = two.sides.map((side, w) => (w === which ? [...side, sentence].sort((a, b) => a.span[0] - b.span[0]) : side));
  return from < to ? replace([from, to], [left, right], left.flat().length ? 1 : 0) : replace([to, from], [right, left], 0);
}
export function glue() {
  const { which, k } = chosen();
  const side = current().item.sides[which];
  if (!side[k + 1]) return alarm("no sentence follows in this bead; merge the beads first");
  const joined = { span: [side[k].span[0], side[k + 1].span[1]], text: `${side[k].text} ${side[k + 1].text}`, from: 0 };
  const sides = current().item.sides.map((own, w) => (w === which ? [...own.slice(0, k), joined, ...own.slice(k + 2)] : own));
  return replace([state.at], [sides]);
}
export async function cut() {
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
export async function edit() {
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
export async function redate() {
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
export async function miss() {
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
