// What all parts of the review page share: who decides, the queue, the article that is open, the place in it.
import { Pane } from "./desk.js";

export const byId = (id) => document.getElementById(id);
export const tab = crypto.randomUUID();
export const pane = new Pane(byId("rows"));
export const state = { who: localStorage.getItem("tithi-name") || "", queue: [], index: new Map(), shown: [], article: null, at: -1, cursor: 0, revs: new Map(), base: 0, titles: {}, readOnly: false, times: [], pace: 0, found: new Set(), asked: "" };
export const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
export const current = () => pane.items[state.at];
export const sentences = (item) => item.sides.flatMap((side, which) => side.map((sentence, k) => ({ sentence, which, k })));
export const chosen = () => sentences(current().item)[state.cursor];
