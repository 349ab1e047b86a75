// Puts the page together: who you are and where you look stands in the address (#/person/conversation).
import { el, fill, icon } from "./dom.js";
import { post } from "./api.js";
import { drawClock } from "./clock.js";
import { conversation, openHome } from "./conversation.js";
import { attempt, notice } from "./dialogs.js";
import { inspector } from "./inspector.js";
import { drawModal } from "./modal.js";
import { fetchStory, storyPanel } from "./story.js";
import { drawSidebar, unreadSum } from "./sidebar.js";
import {
  become,
  bots,
  current,
  firstPerson,
  nameOf,
  onChange,
  person,
  refreshMessages,
  refreshPeople,
  shownMessages,
  store,
} from "./store.js";
import { speak, spoken, t } from "./words.js";

const byId = (id) => document.getElementById(id);
const [sidebar, main, side, traffic, live, shade] = ["sidebar", "main", "thread", "traffic", "live", "shade"].map(byId);

let lastRead = "";

await attempt(refreshPeople);
const wanted = parts().person;
store.story = await attempt(() => fetchStory(wanted));
speak(store.story?.language ?? languageOf(wanted));
nameStaticParts();

const room = conversation(main, side, { openMenu: () => showMenu(true), go, showTab });
const watch = inspector(traffic);
const story = storyPanel(byId("story"), byId("veil"), { visit, write: room.write, begun });
const tick = drawClock(byId("clock"));
const trafficButton = toolButton("traffic", t("Trafik"), () => watch.toggle());
const storyButton = toolButton("compass", t("Historien"), () => story.toggle());
storyButton.hidden = !store.story;
byId("tools").append(storyButton, trafficButton);
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
shade.addEventListener("click", () => showMenu(false));
// Also where one is already: then the address stays as it is, and nothing else would close the menu.
sidebar.addEventListener("click", (event) => event.target.closest("a") && showMenu(false));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.body.classList.contains("menu-open")) showMenu(false);
});

function toolButton(sign, label, press) {
  return el(
    "button",
    { type: "button", class: "bar-button", "aria-pressed": "false", on: { click: press } },
    icon(sign),
    el("span", {}, label),
  );
}

/** Who and what the address names: #/person/conversation, and /home for the app's Home. */
function parts() {
  const [, person, place, tab] = location.hash.split("/");
  const known = store.people.find((one) => one.id === person && !one.is_bot && !one.deleted);
  return { person: known?.id ?? firstOfAll()?.id, place, tab };
}

function firstOfAll() {
  return store.people.find((one) => !one.is_bot && !one.deleted);
}

function languageOf(id) {
  return (person(id)?.locale ?? "da-DK").slice(0, 2);
}

/** What stands in the page before any script has run. */
function nameStaticParts() {
  const names = { main: "Samtale", sidebar: "Arbejdsrum", thread: "Tråd", traffic: "Trafik", story: "Historien" };
  for (const [id, name] of Object.entries(names)) byId(id).setAttribute("aria-label", t(name));
  byId("clock").setAttribute("aria-label", t("Historiens ur"));
  byId("veil").setAttribute("aria-label", t("Klyngen gøres klar"));
  fill(document.querySelector(".skip"), t("Spring til samtalen"));
  document.querySelector(".brand").lastChild.textContent = t("Øvelses-Slack");
}

/** Shows a conversation as somebody; the address says so. */
async function visit(as, place, tab = "") {
  history.pushState(null, "", `#/${as}/${place}${tab ? `/${tab}` : ""}`);
  store.tab = tab === "home" ? "home" : "messages";
  await attempt(follow);
}

/** Another story has begun, or the one that was prepared is ready. */
async function begun(told, isNew) {
  if (isNew) location.hash = told.start ?? "";
  if (isNew) location.reload();
  else if (told.start) {
    await attempt(refreshPeople);
    location.hash = told.start;
  }
}

function showMenu(open) {
  document.body.classList.toggle("menu-open", open);
  if (open) sidebar.querySelector("button, a")?.focus();
}

function go(id) {
  location.hash = `#/${store.as}/${id}`;
}

async function showTab(name) {
  store.tab = name;
  room.draw();
  if (name === "home") await attempt(openHome);
  else await refreshMessages();
}

/** Where a person lands: with the app if nothing is chosen. */
function startOf() {
  const bot = bots()[0];
  const direct = store.channels.find((channel) => channel.kind === "im" && channel.with === bot?.id);
  return direct?.id ?? bot?.id ?? store.channels[0]?.id;
}

async function follow() {
  const { person: id, place, tab } = parts();
  if (!id) {
    notice(t("Der er ingen personer i arbejdsrummet endnu."));
    firstPerson(() => location.reload());
    return;
  }
  if (!store.as) await post("reload", { as: id });
  if (id !== store.as) await become(id);
  if (!store.story && languageOf(id) !== spoken()) return location.reload();
  const before = store.selected;
  store.selected = place || startOf();
  if (before !== store.selected || tab) {
    store.tab = tab === "home" ? "home" : "messages";
    store.thread = null;
    lastRead = "";
  }
  showMenu(false);
  draw("state");
  if (store.tab === "home") await attempt(openHome);
  await refreshMessages();
}

function draw(what) {
  if (what === "told") return void story.refresh();
  if (what === "story" || what === "layout") {
    storyButton.setAttribute("aria-pressed", String(story.isOpen()));
    document.body.classList.toggle("with-story", story.isOpen());
    if (what === "story") return;
  }
  if (what !== "traffic" && what !== "layout") void story.refresh();
  if (what === "traffic" || what === "layout") {
    trafficButton.setAttribute("aria-pressed", String(watch.isOpen()));
    document.body.classList.toggle("with-traffic", watch.isOpen());
    void watch.refresh();
    return;
  }
  tick();
  drawSidebar(sidebar, { become: (id) => (location.hash = `#/${id}`), go });
  room.draw();
  drawModal();
  if (what === "messages") readAloud();
  const unread = unreadSum();
  document.title = `${unread ? `(${unread}) ` : ""}${placeName()}${t("Øvelses-Slack")}`;
}

function placeName() {
  const channel = current();
  if (!channel) return "";
  return `${channel.kind === "im" ? nameOf(channel.with) : `#${channel.name}`} · `;
}

/** New messages from others are told to a screen reader once. */
function readAloud() {
  const last = shownMessages().at(-1);
  if (!last) return;
  const key = `${store.as} ${current().id} ${last.ts}`;
  if (lastRead && lastRead !== key && last.user !== store.as)
    fill(live, t("Ny besked fra {name}: {text}", { name: nameOf(last.user), text: last.text ?? "" }).slice(0, 300));
  lastRead = key;
}

onChange(draw);
window.addEventListener("hashchange", () => void attempt(follow));
const fresh = !location.hash && store.story?.start;
if (fresh) history.replaceState(null, "", fresh);
story.take(store.story);
await attempt(follow);
document.documentElement.dataset.ready = "true";
