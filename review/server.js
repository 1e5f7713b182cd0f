// Talking to the server: one change after the other; what cannot be sent is tried again.
import { byId, current, pane, pause, state, tab } from "./state.js";
import { checkChanged, open } from "./article.js";
import { loadQueue } from "./queue.js";

export async function get(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

let sending = Promise.resolve();
let waiting = 0;

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

export function tell(text, bad = false) {
  byId("saved").textContent = text;
  byId("saved").classList.toggle("bad", bad);
}
export function alarm(text) {
  byId("alert").textContent = text;
  byId("alert").hidden = !text;
}

export function send(path, body, done) {
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

export function decide(items) {
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

export async function refresh() {
  await loadQueue();
  if (state.article) await open(state.article.id, current()?.item?.key, true);
}
