// The page: the list of article pairs, filters, search, the view of one pair, keys and permanent links.
import { addressed, el, foldedOnly, hits, rangeIn } from "./text.js";
import { LANGS, dotPlot, drawRow, drawSegment, explanations, found, link, tally } from "./pair.js";

const byId = (id) => document.getElementById(id);
const PART = 60;
const state = { shown: [], pair: null, worst: false, only: false, query: "", matches: null, cursor: -1, drawing: null };

async function unpack(text) {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
}

const index = await unpack(byId("index").textContent);
index.articles.forEach((article, order) => Object.assign(article, { order, sum: article.rows.reduce((sum, row) => sum + row[0], 0) }));
const articles = new Map(index.articles.map((article) => [article.id, article]));

// Blocks are unpacked when one of their articles is looked at; a page that is a folder loads them as scripts.
const blocks = new Map();
const arriving = new Map();
globalThis.tithiBlock = (number, text) => arriving.get(number)?.(text);
function blockText(number) {
  const here = byId(`block-${number}`);
  if (here) return Promise.resolve(here.textContent);
  return new Promise((resolve, reject) => {
    arriving.set(number, resolve);
    document.head.append(el("script", { src: `block-${number}.js`, onerror: () => reject(new Error(`block-${number}.js is missing`)) }));
  });
}
function block(number) {
  if (!blocks.has(number)) blocks.set(number, blockText(number).then(unpack));
  return blocks.get(number);
}
const viewOf = async (article) => (await block(article.at[0]))[article.at[1]];

// --- the list --------------------------------------------------------------------------------------------------------

function wanted() {
  return {
    kind: index.kinds.indexOf(byId("kind").value),
    quality: Number(byId("quality").value),
    from: byId("from").value.trim(),
    until: byId("until").value.trim(),
    source: byId("source").value,
  };
}
const filtering = (filter) => filter.kind >= 0 || filter.quality < 100;
const passes = ([, kinds, quality], filter) =>
  (filter.kind < 0 || kinds.includes(filter.kind)) && (filter.quality === 100 || (quality !== null && quality <= filter.quality));

function listed(article, filter) {
  const [first, last] = article.dates.length ? article.dates : ["", ""];
  if (filter.from && (!last || last < filter.from)) return false;
  if (filter.until && (!first || first.slice(0, filter.until.length) > filter.until)) return false;
  if (filter.source && !article.publisher.includes(filter.source)) return false;
  if (state.matches && !state.matches.has(article.id)) return false;
  article.matching = filtering(filter) ? article.rows.filter((row) => passes(row, filter)).length : null;
  return article.matching === null || article.matching > 0;
}

const ORDERS = {
  doubt: (a, b) => b.doubt - a.doubt || b.sum - a.sum || a.order - b.order,
  order: (a, b) => a.order - b.order,
  id: (a, b) => a.id.localeCompare(b.id),
  date: (a, b) => (a.dates[0] || "~").localeCompare(b.dates[0] || "~") || a.order - b.order,
};

function drawList() {
  const filter = wanted();
  byId("quality-told").textContent = (filter.quality / 100).toFixed(2);
  state.shown = index.articles.filter((article) => listed(article, filter)).sort(ORDERS[byId("sort").value]);
  byId("count").textContent = `${state.shown.length.toLocaleString("en")} of ${index.articles.length.toLocaleString("en")} article pairs`;
  byId("list").replaceChildren();
  grow(byId("list"), state.shown, item);
  if (state.pair) filterRows();
}

function years(dates) {
  const [first, last] = dates.map((date) => date.slice(0, 4));
  return first ? ` · ${first === last ? first : `${first}–${last}`}` : "";
}

function item(article) {
  const count = state.matches?.get(article.id) ?? article.matching;
  const title = article.title[0] || article.title[1] || article.opening;
  const doubtful = article.rows.filter((row) => row[0] >= 50).length;
  return el(
    "li",
    {},
    el(
      "a",
      { href: link(article.id), "aria-current": state.pair?.id === article.id ? "page" : null },
      el("bdi", { class: "name" }, title || article.id),
      el("span", { class: "about" }, title ? `${article.id} · ` : "", doubtful ? `${doubtful} of ${article.rows.length} doubtful` : `${article.rows.length} rows`, count ? ` · ${count} found` : "", years(article.dates)),
      el("meter", { min: 0, max: 100, value: article.doubt, title: `doubt ${article.doubt} of 100`, "aria-label": `doubt ${article.doubt} of 100` }),
    ),
  );
}

// Draw the first items, and more whenever the end comes near; `all` draws the rest at once (for print and links).
function grow(root, items, draw) {
  let next = 0;
  const end = el(root.tagName === "OL" ? "li" : "div", { class: "end", "aria-hidden": "true" });
  const more = (count) => {
    const nodes = items.slice(next, next + count).map(draw);
    next += count;
    end.before(...nodes);
    if (next >= items.length) {
      watcher.disconnect();
      end.remove();
    }
  };
  const watcher = new IntersectionObserver((seen) => seen.some((entry) => entry.isIntersecting) && more(PART), { rootMargin: "1200px" });
  root.append(end);
  more(PART);
  if (next < items.length) watcher.observe(end);
  return { all: () => next < items.length && more(items.length - next) };
}

// --- one pair --------------------------------------------------------------------------------------------------------

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

function filterRows() {
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

const lit = globalThis.CSS?.highlights ? new Highlight() : null;
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

let opening = 0;
async function openPair(article, rowId) {
  const mine = ++opening;
  const view = await viewOf(article);
  if (mine !== opening) return; // another was asked for since
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

function set(name, value) {
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

function move(by, accept = () => true) {
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

// --- overview, routes, search, keys ----------------------------------------------------------------------------------

function openOverview() {
  opening += 1;
  state.pair = null;
  document.body.dataset.at = "overview";
  byId("overview").hidden = false;
  byId("pair").hidden = true;
  for (const a of byId("list").querySelectorAll("[aria-current]")) a.removeAttribute("aria-current");
}

function route() {
  const [id, row] = addressed();
  const article = articles.get(id);
  if (article) openPair(article, row);
  else openOverview();
}

let asked = 0;
async function search() {
  const query = foldedOnly(byId("search").value.trim());
  const mine = ++asked;
  lit?.clear();
  state.query = query;
  state.matches = null;
  if (query) {
    const matches = new Map();
    const numbers = [...new Set(index.articles.map((article) => article.at[0]))];
    for (const number of numbers) {
      for (const view of await block(number)) {
        if (mine !== asked) return;
        let count = 0;
        for (const segment of view.segments) {
          for (const row of segment.rows) {
            row.folded ??= row.texts.map((text) => (text ? foldedOnly(text) : "")).join("\n");
            if (row.folded.includes(query)) count += 1;
          }
        }
        if (count) matches.set(view.id, count);
      }
    }
    state.matches = matches;
  }
  if (mine === asked) drawList();
}

function near(by) {
  const at = state.shown.findIndex((article) => article.id === state.pair?.id);
  const next = state.shown[at + by];
  if (next) location.hash = link(next.id);
}

const KEYS = {
  j: () => state.pair && move(1),
  k: () => state.pair && move(-1),
  n: () => state.pair && move(1, (node) => found(node.row)),
  p: () => state.pair && move(-1, (node) => found(node.row)),
  "]": () => near(1),
  "[": () => near(-1),
  w: () => state.pair && set("worst", !state.worst),
  f: () => state.pair && set("only", !state.only),
  u: () => { location.hash = "#/"; },
  "/": () => byId("search").focus(),
  "?": () => byId("keys").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || byId("keys").open) return;
  if (event.target.matches("input, select, textarea")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (KEYS[event.key]) {
    event.preventDefault();
    KEYS[event.key]();
  }
});

const seen = new Set(index.articles.flatMap((article) => article.rows.flatMap((row) => row[1])));
for (const [k, kind] of index.kinds.entries()) {
  if (seen.has(k)) byId("kind").append(el("option", { value: kind }, kind));
}
const sources = [...new Set(index.articles.flatMap((article) => article.publisher))].sort();
for (const source of sources) byId("source").append(el("option", { value: source }, source.slice(0, 60)));
byId("source-label").hidden = !sources.length;
byId("filter").addEventListener("input", drawList);
byId("filter").addEventListener("submit", (event) => event.preventDefault());
byId("filter").addEventListener("reset", () => requestAnimationFrame(drawList));
let typing;
byId("search").addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(search, 120);
});
byId("help").addEventListener("click", () => byId("keys").showModal());
byId("theme").addEventListener("click", () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
});
if (matchMedia("(max-width: 48rem)").matches) byId("filters").open = false;
addEventListener("beforeprint", () => state.drawing?.all());
addEventListener("hashchange", route);
explanations(document.body, byId("tip"));
drawList();
document.body.classList.toggle("single", index.articles.length === 1);
if (index.articles.length === 1 && !location.hash) {
  state.worst = true;
  history.replaceState(null, "", link(index.articles[0].id));
}
route();
document.documentElement.dataset.ready = "yes";
