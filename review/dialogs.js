// What is asked: a yes, a name, two people to compare.
import { el } from "./text.js";
import { byId, current, pane, state } from "./state.js";
import { progress } from "./queue.js";
import { get } from "./server.js";

export function ask(title, body) {
  byId("ask-title").textContent = title;
  byId("ask-body").replaceChildren(body);
  const dialog = byId("ask");
  dialog.showModal();
  (body.matches?.("input, textarea, select") ? body : body.querySelector("input, textarea, select"))?.focus();
  return new Promise((resolve) => {
    const end = (answer) => {
      dialog.close();
      resolve(answer);
      pane.node(current()?.item?.key)?.focus({ preventScroll: true });
    };
    byId("ask").querySelector("form").onsubmit = (event) => {
      event.preventDefault();
      end(true);
    };
    byId("ask-no").onclick = () => end(false);
    dialog.oncancel = () => end(false);
    dialog.onkeydown = (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.tagName !== "BUTTON") {
        event.preventDefault();
        end(true);
      }
    };
  });
}

export async function askName() {
  const box = el("input", { value: state.who, "aria-label": "name", maxlength: 60 });
  const ok = await ask("Who decides? A name that stands with each decision", box);
  if (ok && box.value.trim()) state.who = box.value.trim().replace(/\s+/g, " ");
  state.who ||= "anonymous";
  localStorage.setItem("tithi-name", state.who);
  byId("name").textContent = state.who;
  state.pace = (await get(`/api/progress?who=${encodeURIComponent(state.who)}`)).pace;
  progress();
}

export async function compare() {
  const one = el("input", { value: state.who, "aria-label": "one" });
  const other = el("input", { "aria-label": "other" });
  if (!(await ask("Agreement between two people", el("div", {}, el("label", {}, "one", one), el("label", {}, "other", other))))) return;
  const found = await get(`/api/agreement?one=${encodeURIComponent(one.value)}&other=${encodeURIComponent(other.value)}`);
  const told = found.kappa === null ? "kappa is not defined" : `kappa ${found.kappa.toFixed(2)}`;
  const list = found.differ.slice(0, 200).map(([article, key, a, b]) => el("li", {}, el("a", { href: `#/${encodeURIComponent(article)}/${key}` }, `${article} ${key}`), ` ${a} / ${b}`));
  await ask(`${found.agreed} of ${found.beads} beads alike, ${told}`, el("ul", { class: "history" }, ...list));
}
