// One article pair drawn: rows of two sides with the band between, marks with their explanations, and the dot-plot.
import { el, svg, runs, rangeIn } from "./text.js";

export const LANGS = ["hi", "en"];
const NAMES = ["Hindi", "English"];
const LONG = 4000;
const highlights = globalThis.CSS && CSS.highlights;

export const found = (row) => row.doubt >= 0.5 || (row.issues || []).length > 0 || row.facts !== undefined || row.change !== undefined;
// A stretch may stand alone in doubt of its counterpart, or because its pair was left out, by a threshold or by a reviewer.
const DOUBTS = ["several compete", "freely told", "beyond the shape limit"];
const inDoubt = (row) => row.facts !== undefined && DOUBTS.includes(row.reason);
const leftOut = (row) => row.facts !== undefined && !inDoubt(row) && !row.reason.startsWith("no such");

// What a reader finds in a pair, counted: what differs, what one side alone tells, what was left out.
export function tally(view) {
  const counts = new Map();
  const add = (name) => counts.set(name, (counts.get(name) || 0) + 1);
  for (const segment of view.segments) {
    if (segment.conflict) add("with contradicting dates");
    for (const row of segment.rows) {
      if (inDoubt(row)) add("in doubt");
      else if (leftOut(row)) add("left out");
      else if (row.facts !== undefined) add(row.texts[0] === null ? "only in the English" : "only in the Hindi");
      else if (row.issues.some((issue) => issue.severity === "error") || row.doubt >= 0.5) add("differ");
      else if (row.issues.length) add("to look at");
      if (row.moved) add("moved");
    }
  }
  const order = ["with contradicting dates", "differ", "only in the Hindi", "only in the English", "in doubt", "left out", "moved", "to look at"];
  return order.filter((name) => counts.has(name)).map((name) => `${counts.get(name)} ${name}`).join(" · ") || "nothing found";
}

// Five steps from sure to doubtful; the words stand beside, so that colour never speaks alone.
export const step = (value) => (value >= 0.9 ? 5 : value >= 0.7 ? 4 : value >= 0.5 ? 3 : value >= 0.3 ? 2 : 1);
export const shown = (value) => (value === null || value === undefined ? "–" : value.toFixed(2).replace(/^0/, "").replace(/^1\.00$/, "1"));

export function explain(mark) {
  if (mark.kind === "date") return `date read: ${mark.value}`;
  if (mark.kind === "number") return `number read: ${mark.value}`;
  return `${mark.issue.kind} (${mark.issue.severity}): ${mark.issue.message}`;
}

function marksOf(row, side) {
  const marks = (row.marks[side] || []).map(([start, stop, kind, value]) => ({ start, stop, kind, value }));
  for (const issue of row.issues || []) {
    if (issue.spans[side]) marks.push({ start: issue.spans[side][0], stop: issue.spans[side][1], kind: "issue", issue });
  }
  return marks;
}

// A browser shapes what is joined as one, in more than linear time: a pile of marks that no writing has is put in parts.
const PILE = /\p{M}{64}/u;
const shapable = (text) => (PILE.test(text) ? text.match(/[^]{1,64}/gu).map((part) => el("span", { class: "pile" }, part)) : [text]);

// The text of a side with its marks. Very long texts are cut until asked for.
export function side(text, which, marks = []) {
  const box = el("p", { class: `text ${LANGS[which]}`, lang: LANGS[which] });
  const draw = (whole) => {
    let cut = text.length;
    if (!whole && text.length > LONG) cut = LONG - (/[\ud800-\udbff]/.test(text[LONG - 1]) ? 1 : 0);
    const all = new DocumentFragment(); // nodes one by one: a call takes no hundred thousand
    const seen = new Set();
    for (const run of runs(text.slice(0, cut), marks.filter((mark) => mark.start < cut))) {
      if (!run.marks.length) {
        for (const part of shapable(run.text)) all.append(part);
        continue;
      }
      const issues = run.marks.filter((mark) => mark.kind === "issue");
      const kinds = run.marks.map((mark) => (mark.kind === "issue" ? `issue ${mark.issue.severity}` : mark.kind));
      const told = run.marks.map(explain).join("\n");
      const first = issues.some((mark) => !seen.has(mark.issue));
      for (const mark of issues) seen.add(mark.issue);
      all.append(el(issues.length ? "mark" : "span", { class: `mark ${kinds.join(" ")}`, "data-tip": told, tabindex: first ? "0" : null }, ...shapable(run.text)));
    }
    // The direction is looked for once, not with every node that comes in.
    box.removeAttribute("dir");
    box.replaceChildren(all);
    box.setAttribute("dir", "auto");
    if (cut < text.length) {
      box.append(" ", el("button", { class: "more", type: "button", onclick: () => draw(true) }, `… ${(text.length - cut).toLocaleString("en")} more characters`));
    }
  };
  draw(false);
  return box;
}

function notes(row) {
  const list = [];
  for (const issue of row.issues || []) {
    list.push(el("li", { class: issue.severity }, el("b", {}, issue.kind), " ", el("bdi", {}, issue.message)));
  }
  const rival = row.rival ? ["; most likely it belongs to ", el("bdi", {}, row.rival[0]), ` (${shown(row.rival[1])})`] : [];
  if (leftOut(row) || inDoubt(row)) list.push(el("li", { class: "hint" }, el("b", {}, leftOut(row) ? "left out" : "in doubt"), ` ${row.reason}`, ...rival));
  else if (row.facts !== undefined) {
    const missing = row.texts[0] === null ? "Hindi" : "English";
    const facts = row.facts.flatMap((fact, k) => [k ? " · " : "", el("bdi", {}, fact)]);
    list.push(el("li", { class: row.facts.length ? "error" : "hint" }, el("b", {}, `not in the ${missing}`), ...(facts.length ? [", nor told elsewhere there: ", ...facts] : [])));
  }
  if (row.moved) list.push(el("li", { class: "hint" }, el("b", {}, "moved"), " the English stands elsewhere in its article"));
  return list.length ? el("ul", { class: "notes" }, ...list) : null;
}

export function drawRow(row, segment, pairId) {
  const alone = row.facts !== undefined;
  const sure = alone ? null : row.quality ?? row.score;
  const band = el(
    "div",
    { class: `band ${alone ? "alone" : `step-${step(sure)}`}`, title: alone ? `no counterpart (${shown(row.score)})` : `quality ${shown(row.quality)}, score ${shown(row.score)}` },
    el("a", { href: link(pairId, row.id), class: "score", "aria-label": `link to ${row.id}` }, alone ? (leftOut(row) ? "left out" : inDoubt(row) ? "in doubt" : row.texts[0] === null ? "only here →" : "← only here") : shown(sure)),
    alone || row.bead === "1-1" ? null : el("span", { class: "bead" }, row.bead),
    row.change ? el("span", { class: "change" }, row.change === "+" ? "after" : "before") : null,
  );
  const cells = row.texts.map((text, which) =>
    text === null
      ? el("div", { class: "cell empty" }, el("span", { class: "hidden" }, `nothing in ${NAMES[which]}`))
      : el("div", { class: "cell" }, side(text, which, marksOf(row, which))),
  );
  const classes = ["row", alone ? "alone" : "", segment.conflict ? "conflict" : "", row.change === "+" ? "added" : row.change === "-" ? "gone" : ""];
  const node = el("div", { class: classes.filter(Boolean).join(" "), id: `row-${row.id}`, "data-row": row.id, tabindex: "-1" }, cells[0], band, cells[1], notes(row));
  node.row = row;
  return node;
}

export const link = (pair, row) => `#/${encodeURIComponent(pair)}${row ? `/${encodeURIComponent(row)}` : ""}`;

export function drawSegment(segment) {
  const dated = segment.dates.map((dates) => dates.filter(Boolean));
  const differ = segment.conflict && dated[0].join() !== dated[1].join();
  const date = differ ? `${dated[0].join(", ") || "undated"} but ${dated[1].join(", ") || "undated"}` : segment.date || "undated";
  const heading = (which) => el("div", { class: "heading", lang: LANGS[which] }, ...segment.headings[which].map((line) => el("bdi", {}, line.slice(0, LONG))));
  return el(
    "h3",
    { class: `segment${segment.conflict ? " conflict" : ""}`, id: `segment-${segment.id}` },
    heading(0),
    el("span", { class: "date" }, date, segment.conflict ? el("span", { class: "says" }, ": the dates contradict") : null),
    heading(1),
  );
}

// Where each row stands in both articles: a straight line when nothing moved.
export function dotPlot(view, jump) {
  const size = 160;
  const [wide, high] = view.lengths.map((length) => Math.max(length, 1));
  const plot = svg("svg", { viewBox: `-2 -2 ${size + 4} ${size + 4}`, class: "dots", role: "img", "aria-label": "Dot-plot: where each pair stands in the Hindi (across) and the English article (down)" });
  plot.append(svg("rect", { x: 0, y: 0, width: size, height: size, class: "frame" }));
  for (const segment of view.segments) {
    for (const row of segment.rows) {
      const [x, y] = [(row.at[0] ?? 0) / wide, (row.at[1] ?? 0) / high].map((part) => part * size);
      const [w, h] = row.texts.map((text, k) => Math.max(((text || "").length / [wide, high][k]) * size, 1.5));
      const alone = row.facts !== undefined;
      const place = alone
        ? row.at[0] === null ? { x: 0, y, width: 5, height: h } : { x, y: 0, width: w, height: 5 }
        : { x, y, width: w, height: h };
      const dot = svg("rect", { ...place, class: alone ? "alone" : `step-${step(row.quality ?? row.score)}` });
      dot.addEventListener("click", () => jump(row.id));
      plot.append(dot);
    }
  }
  return plot;
}

// The explanation beside what is hovered or focused, and the linked words lit up.
export function explanations(root, tip) {
  let target = null;
  const hide = () => {
    tip.hidden = true;
    if (target) target.removeAttribute("aria-describedby");
    target = null;
  };
  const show = (node) => {
    if (target === node) return;
    hide();
    target = node;
    tip.textContent = node.dataset.tip;
    tip.hidden = false;
    node.setAttribute("aria-describedby", tip.id);
    const box = node.getClientRects()[0] || node.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = tip;
    const under = box.bottom + offsetHeight + 12 < innerHeight;
    tip.style.left = `${Math.max(8, Math.min(box.left, innerWidth - offsetWidth - 8))}px`;
    tip.style.top = `${under ? box.bottom + 6 : Math.max(8, box.top - offsetHeight - 6)}px`;
  };
  root.addEventListener("pointerover", (event) => {
    const node = event.target.closest("[data-tip]");
    if (node) show(node);
    else if (target !== document.activeElement) hide();
  });
  root.addEventListener("focusin", (event) => (event.target.dataset.tip ? show(event.target) : hide()));
  root.addEventListener("focusout", hide);
  addEventListener("scroll", hide, { passive: true, capture: true });
  if (highlights) root.addEventListener("pointermove", (event) => light(root, event));
}

function light(root, event) {
  highlights.delete("linked");
  const box = event.target.closest(".text");
  const node = box?.closest(".row");
  const links = (node?.row ?? node?.item)?.links;
  if (!links || !root.contains(box)) return;
  const caret = document.caretPositionFromPoint
    ? document.caretPositionFromPoint(event.clientX, event.clientY)
    : document.caretRangeFromPoint?.(event.clientX, event.clientY);
  const [inside, offset] = [caret?.offsetNode ?? caret?.startContainer, caret?.offset ?? caret?.startOffset];
  if (!inside || inside.nodeType !== Node.TEXT_NODE || !box.contains(inside)) return;
  const before = new Range();
  before.setStart(box, 0);
  before.setEnd(inside, offset);
  const at = before.toString().length + from(box);
  const which = box.classList.contains("hi") ? 0 : 1;
  const other = 1 - which;
  const here = links.filter((item) => item[2 * which] <= at && at < item[2 * which + 1]);
  // A verb of several words lights up as a whole: what shares a counterpart with the word is lit too.
  const there = new Set(here.map((item) => item[2 * other]));
  const lit = links.filter((item) => there.has(item[2 * other]));
  if (!lit.length) return;
  const sides = LANGS.map((lang) => [...node.querySelectorAll(`.text.${lang}`)]);
  const ranges = lit.flatMap((item) => [0, 1].map((side) => wordIn(sides[side], item[2 * side], item[2 * side + 1])));
  highlights.set("linked", new Highlight(...ranges.filter(Boolean)));
}

// A side may stand in several boxes, each with the place in the side at which it begins.
const from = (box) => Number(box.dataset.from ?? 0);
function wordIn(boxes, start, stop) {
  const box = boxes.findLast((one) => from(one) <= start);
  return box ? rangeIn(box, start - from(box), stop - from(box)) : null;
}
