// One article pair on the page: its rows as they are asked for, its dates, the row one stands on.
import { el, foldedOnly, hits, rangeIn } from "./text.js";
import { LANGS, dotPlot, drawRow, drawSegment, found, link, tally } from "./pair.js";
import { byId, index, state, viewOf } from "./data.js";
import { filtering, grow, passes, wanted } from "./list.js";

function places(view) {
  const list = view.segments.flatMap((segment) => segment.rows.map((row) => ({ segment, row })));
  if (state.worst) return list.sort((a, b) => b.row.doubt - a.row.doubt);
  const out = [];
  const plain = view.segments.length === 1 && !view.segments[0].date && !view.segments[0].headings.flat().length;
  for (const segment of view.segments) out.push(...(plain ? [] : [{ segment }]), ...segment.rows.map((row) => ({ segment, row })));
  return out;
}

function visible({ segment, row }, filter) {
  if (!row) return !state.only && !filtering(filter) && !state.query;
  if (state.only && !found(row)) return false;
  if (state.query && !row.texts.some((text) => text && foldedOnly(text).includes(state.query))) return false;
  if (!filtering(filter)) return true;
  const names = (row.issues || []).map((issue) => issue.kind);
  if (segment.conflict) names.push("dates contradict");
  if (row.facts !== undefined) names.push("no counterpart");
  if (row.moved) names.push("moved");
  if (row.change) names.push("changed");
  return passes([0, names.map((name) => index.kinds.indexOf(name)), row.quality === null || row.quality === undefined ? null : Math.round(row.quality * 100)], filter);
}

export function filterRows() {
  const filter = wanted();
  const all = places(state.pair);
  const items = all.filter((place) => visible(place, filter));
  const rows = byId("rows");
  const count = items.filter((place) => place.row).length;
  const total = all.filter((place) => place.row).length;
  byId("rows-count").textContent = count === total ? `${total} rows` : `${count} of ${total} rows`;
  rows.replaceChildren();
  state.drawing = grow(rows, items, ({ segment, row }) => {
    const node = row ? drawRow(row, segment, state.pair.id) : drawSegment(segment);
    if (row && state.query) requestAnimationFrame(() => lightHits(node));
    return node;
  });
  state.cursor = -1;
}

export const lit = globalThis.CSS?.highlights ? new Highlight() : null;
if (lit) CSS.highlights.set("search", lit);
function lightHits(node) {
  if (!lit) return;
  for (const box of node.querySelectorAll(".text")) {
    for (const [start, stop] of hits(box.textContent, state.query)) {
      const range = rangeIn(box, start, stop);
      if (range) lit.add(range);
    }
  }
}

function about(view) {
  return view.sources.map((source, which) => {
    const parts = [source.publisher, source.published, source.licence].filter(Boolean);
    const safe = /^https?:\/\//i.test(source.url || "");
    const title = el("bdi", { lang: LANGS[which] }, source.title || ["Hindi article", "English article"][which]);
    return el("div", {}, safe ? el("a", { href: source.url, rel: "noreferrer noopener" }, title) : title, parts.length ? el("small", {}, el("bdi", {}, parts.join(" · "))) : null);
  });
}

export async function openPair(article, rowId) {
  const mine = ++state.opening;
  const view = await viewOf(article);
  if (mine !== state.opening) return; // another was asked for since
  state.pair = view;
  const place = state.shown.indexOf(article);
  const near = (at, text, title) => (state.shown[at] ? el("a", { href: link(state.shown[at].id), title, "aria-label": title }, text) : null);
  const toggle = (name, key, label, title) => {
    const button = el("button", { type: "button", id: name, "aria-pressed": String(state[name]), title: `${title} (${key})` }, label);
    button.addEventListener("click", () => set(name, !state[name]));
    return button;
  };
  const dates = view.segments.filter((segment) => segment.date);
  byId("pair").replaceChildren(
    el("div", { class: "crumbs" }, el("a", { href: "#/" }, "← Overview"), el("span", {}, near(place - 1, "‹", "previous article pair"), near(place + 1, "›", "next article pair"))),
    el("h2", {}, el("bdi", {}, view.title[0] || view.title[1] || (index.articles.length === 1 ? byId("title").textContent : view.id))),
    el("div", { class: "head" }, el("div", { class: "sources" }, ...about(view)), dotPlot(view, (id) => jump(id))),
    el("p", { class: "tally" }, tally(view)),
    el("div", { class: "bar" }, toggle("worst", "w", "Worst first", "sort rows by doubt"), toggle("only", "f", "Findings only", "leave out rows without a finding"), el("span", { id: "rows-count", role: "status" })),
    dates.length > 1
      ? el("ol", { class: "dates", "aria-label": "Dates" }, ...dates.map((segment) => el("li", {}, el("button", { type: "button", class: segment.conflict ? "conflict" : null, onclick: () => toSegment(segment) }, segment.date))))
      : "",
    el("div", { id: "rows", class: "rows" }),
  );
  document.body.dataset.at = "pair";
  byId("overview").hidden = true;
  byId("pair").hidden = false;
  document.title = `${view.title[0] || view.id} · tithi`;
  for (const a of byId("list").querySelectorAll("a")) {
    if (a.hash === link(article.id)) a.setAttribute("aria-current", "page");
    else a.removeAttribute("aria-current");
  }
  filterRows();
  if (rowId) jump(rowId);
  else scrollTo(0, 0);
}

export function set(name, value) {
  state[name] = value;
  byId(name).setAttribute("aria-pressed", String(value));
  lit?.clear();
  filterRows();
}

function toSegment(segment) {
  if (state.worst) set("worst", false);
  if (state.only) set("only", false);
  state.drawing.all();
  byId(`segment-${segment.id}`)?.scrollIntoView({ block: "start" });
}

function jump(rowId) {
  if (!byId(`row-${rowId}`)) state.drawing.all();
  if (!byId(`row-${rowId}`) && state.only) {
    set("only", false);
    state.drawing.all();
  }
  const node = byId(`row-${rowId}`);
  if (node) select(node);
}

const rowNodes = () => [...byId("rows").querySelectorAll(".row")];
function select(node) {
  for (const other of byId("rows").querySelectorAll(".row.current")) other.classList.remove("current");
  node.classList.add("current");
  node.focus({ preventScroll: true });
  node.scrollIntoView({ block: "center" });
  history.replaceState(null, "", link(state.pair.id, node.dataset.row));
}

export function move(by, accept = () => true) {
  const nodes = rowNodes();
  let at = nodes.findIndex((node) => node.classList.contains("current"));
  if (at < 0 && by < 0) at = nodes.length;
  for (at += by; at >= 0 && at < nodes.length; at += by) {
    if (accept(nodes[at])) {
      select(nodes[at]);
      return;
    }
  }
}
