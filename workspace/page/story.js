// The panel beside the workspace: who you are, what just happened, what to try next, leaps in time, other beginnings.
import { get, post } from "./api.js";
import { ask, attempt, notice } from "./dialogs.js";
import { el, fill, icon, iconButton, redraw } from "./dom.js";
import { announce, refreshAll, store } from "./store.js";
import { t } from "./words.js";

const OPENED = "story-open";
const NARROW = "(max-width: 820px)";

/** What is told, or null in a workspace without a story. */
export async function fetchStory(as) {
  const { story } = await get("story", as ? { as } : {});
  return story;
}

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** visit(person, place, tab) shows a conversation as somebody; write({text, file}) fills the writing field. */
export function storyPanel(place, veil, { visit, write, begun }) {
  let asked = null;
  let again = false;
  let busy = false;
  let opened = null;
  let nextBefore = null;

  async function refresh() {
    if (store.story === null) return;
    if (asked) {
      again = true;
      return;
    }
    asked = fetchStory(store.as);
    const story = await asked.catch(() => undefined);
    asked = null;
    if (story !== undefined) take(story);
    if (again) {
      again = false;
      await refresh();
    }
  }

  function take(story) {
    const before = store.story;
    store.story = story;
    draw();
    announce("story");
    if (!story || !before) return;
    const isNew = story.run !== before.run;
    if (isNew || (before.preparing && !story.preparing)) begun(story, isNew);
    else if (story.language !== before.language) location.reload();
  }

  async function deed(name) {
    busy = true;
    draw();
    await attempt(() => post("story", { deed: name }));
    busy = false;
    await refreshAll();
    await refresh();
    draw();
  }

  async function begin(name, title) {
    const agreed = await ask({
      title: t("Vil du begynde forfra?"),
      text: `${title}. ${t("Alt i øvelsen bliver væk, også det, du selv har skrevet.")}`,
      confirm: t("Begynd forfra"),
    });
    if (agreed) await deed(name);
  }

  async function go(way) {
    if (way.deed) {
      await deed(way.deed);
      return;
    }
    if (matchMedia(NARROW).matches) show(false);
    await visit(way.person, way.place, way.tab);
    if (!way.write && !way.file) return;
    const file = way.file ? new File([bytesOf(way.file.base64)], way.file.name) : null;
    write({ text: way.write ?? "", file });
    notice(t("Den er lagt i skrivefeltet. Tryk på Send, når du er klar."));
  }

  function wayButton(way, primary) {
    return el(
      "button",
      {
        type: "button",
        class: primary ? "button button-primary" : "button",
        disabled: busy,
        on: { click: () => void go(way) },
      },
      way.label,
    );
  }

  function stepNode(step, next) {
    const ways = el("div", { class: "story-ways" }, step.ways.map((way, at) => wayButton(way, next && !at)));
    const body = [el("p", {}, step.text), ways];
    const mark = step.done
      ? el("span", { class: "story-done", role: "img", "aria-label": t("Gjort") }, icon("check"))
      : el("span", { class: "story-open-mark", "aria-hidden": "true" });
    return el(
      "li",
      { class: step.done ? "story-step done" : "story-step" },
      el(
        "details",
        { name: "story-step", open: opened ? step.name === opened : next, on: { toggle: (event) => remember(event, step) } },
        el("summary", {}, mark, step.title),
        body,
      ),
    );
  }

  /** What the reader has opened stays open until there is something else to try. */
  function remember(event, step) {
    if (event.target.open) opened = step.name;
  }

  function leap(jump) {
    return el(
      "button",
      { type: "button", class: "button story-leap", disabled: busy, on: { click: () => void deed(jump.deed) } },
      el("span", {}, jump.title),
      el("span", { class: "hint" }, jump.when),
    );
  }

  function beginning(one) {
    return el(
      "li",
      {},
      el(
        "button",
        { type: "button", class: "person-row", disabled: busy, on: { click: () => void begin(one.deed, one.title) } },
        el(
          "span",
          { class: "person-words" },
          el("strong", {}, one.title, one.here ? el("span", { class: "tag" }, t("Du er her")) : null),
          el("span", { class: "hint" }, one.about),
        ),
      ),
    );
  }

  function part(title, ...nodes) {
    return el("section", { class: "story-part" }, el("h3", {}, title), nodes);
  }

  function told(story) {
    const next = story.steps.find((step) => !step.done);
    if (next?.name !== nextBefore) opened = null;
    nextBefore = next?.name;
    const { text, owes = [] } = story.you;
    const owed = owes.length
      ? [el("p", { class: "story-owes" }, t("Du mangler")), el("ul", { class: "story-list" }, owes.map((one) => el("li", {}, one)))]
      : null;
    return [
      part(t("Du er"), el("p", {}, text), owed),
      part(t("Hvad der lige er sket"), el("ul", { class: "story-list" }, story.news.map((line) => el("li", {}, line)))),
      part(t("Prøv nu"), el("ol", { class: "story-steps" }, story.steps.map((step) => stepNode(step, step === next)))),
      part(t("Spring i tiden"), el("div", { class: "story-leaps" }, story.jumps.map(leap))),
      part(t("Begynd et andet sted"), el("ul", { class: "person-list" }, story.beginnings.map(beginning))),
    ];
  }

  function draw() {
    const story = store.story;
    const ready = Boolean(story) && !story.preparing;
    drawVeil(story);
    place.hidden = !ready || !isOpen();
    if (place.hidden) return;
    redraw(place, [story, busy], () => [
      el(
        "header",
        { class: "room-head" },
        el("h2", { class: "room-title" }, t("Historien")),
        iconButton("close", t("Luk historien"), () => toggle()),
      ),
      el("div", { class: "story-body", tabindex: "0", role: "group", "aria-label": t("Historien") }, told(story)),
    ]);
    place.setAttribute("aria-busy", String(busy));
  }

  function drawVeil(story) {
    const going = story?.preparing;
    for (const node of document.querySelectorAll("#bar, #sidebar, #main")) node.inert = Boolean(going);
    veil.hidden = !going;
    if (!going) return;
    const { part: done, parts } = going;
    const empty = story.beginnings[0];
    const text = t("{part} af {parts}", { part: done, parts });
    fill(
      veil,
      el("h1", {}, t("Klyngen gøres klar")),
      el("p", { role: "status" }, `${going.line} …`),
      el("progress", { max: String(parts), value: done, "aria-label": t("Klyngen gøres klar") }, text),
      el("p", { class: "hint" }, t("Det tager omkring et halvt minut. Alt er opdigtet og bliver på denne maskine.")),
      empty.here
        ? null
        : el(
            "button",
            { type: "button", class: "button", on: { click: () => void deed(empty.deed) } },
            t("Begynd i et tomt Slack i stedet"),
          ),
    );
  }

  function isOpen() {
    return sessionStorage.getItem(OPENED) !== "no";
  }

  function show(open) {
    sessionStorage.setItem(OPENED, open ? "yes" : "no");
    draw();
    announce("layout");
  }

  function toggle() {
    show(place.hidden);
    if (!place.hidden) place.querySelector("button")?.focus();
  }

  place.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) show(false);
  });

  return { refresh, take, toggle, isOpen: () => !place.hidden };
}
