// The list of article pairs: filtered, sorted, drawn as one scrolls.
import { el } from "./text.js";
import { link } from "./pair.js";
import { PART, byId, index, state } from "./data.js";
import { filterRows } from "./reading.js";

export function wanted() {
  return {
    kind: index.kinds.indexOf(byId("kind").value),
    quality: Number(byId("quality").value),
    from: byId("from").value.trim(),
    until: byId("until").value.trim(),
    source: byId("source").value,
  };
}
export const filtering = (filter) => filter.kind >= 0 || filter.quality < 100;
export const passes = ([, kinds, quality], filter) =>
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

export function drawList() {
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
export function grow(root, items, draw) {
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
