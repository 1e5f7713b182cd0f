// What is packed into the page: the index of article pairs, and the blocks they are unpacked from when looked at.
import { el } from "./text.js";

export const byId = (id) => document.getElementById(id);
export const PART = 60;
export const state = { shown: [], pair: null, worst: false, only: false, query: "", matches: null, cursor: -1, drawing: null, opening: 0 };

async function unpack(text) {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
}

export const index = await unpack(byId("index").textContent);
index.articles.forEach((article, order) => Object.assign(article, { order, sum: article.rows.reduce((sum, row) => sum + row[0], 0) }));
export const articles = new Map(index.articles.map((article) => [article.id, article]));

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
export function block(number) {
  if (!blocks.has(number)) blocks.set(number, blockText(number).then(unpack));
  return blocks.get(number);
}
export const viewOf = async (article) => (await block(article.at[0]))[article.at[1]];
