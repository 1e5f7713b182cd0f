// The page: its overview, permanent links, search, keys, and how it begins.
import { addressed, el, foldedOnly } from "./text.js";
import { explanations, found, link } from "./pair.js";
import { articles, block, byId, index, state } from "./data.js";
import { drawList } from "./list.js";
import { lit, move, openPair, set } from "./reading.js";

function openOverview() {
  state.opening += 1;
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
