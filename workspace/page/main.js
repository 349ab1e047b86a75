// Puts the page together: who you are and where you look stands in the address (#/person/conversation).
import { el, fill, icon } from "./dom.js";
import { post } from "./api.js";
import { drawClock } from "./clock.js";
import { conversation, openHome } from "./conversation.js";
import { attempt, notice } from "./dialogs.js";
import { inspector } from "./inspector.js";
import { drawModal } from "./modal.js";
import { drawSidebar, unreadSum } from "./sidebar.js";
import {
  become,
  bots,
  current,
  firstPerson,
  nameOf,
  onChange,
  refreshMessages,
  refreshPeople,
  shownMessages,
  store,
} from "./store.js";

const byId = (id) => document.getElementById(id);
const [sidebar, main, side, traffic, live, shade] = ["sidebar", "main", "thread", "traffic", "live", "shade"].map(byId);
const TITLE = "Øvelses-Slack";

let lastRead = "";

const room = conversation(main, side, { openMenu: () => showMenu(true), go, showTab });
const watch = inspector(traffic);
const tick = drawClock(byId("clock"));

const trafficButton = el(
  "button",
  { type: "button", class: "bar-button", "aria-pressed": "false", on: { click: () => watch.toggle() } },
  icon("traffic"),
  el("span", {}, "Trafik"),
);
byId("tools").append(trafficButton);
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
shade.addEventListener("click", () => showMenu(false));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.body.classList.contains("menu-open")) showMenu(false);
});

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
  const [, wantedPerson, wantedRoom] = location.hash.split("/");
  const known = store.people.find((one) => one.id === wantedPerson && !one.is_bot && !one.deleted);
  const id = known?.id ?? store.people.find((one) => !one.is_bot && !one.deleted)?.id;
  if (!id) {
    notice("Der er ingen personer i arbejdsrummet endnu.");
    firstPerson(() => location.reload());
    return;
  }
  if (!store.as) await post("reload", { as: id });
  if (id !== store.as) await become(id);
  const before = store.selected;
  store.selected = wantedRoom || startOf();
  if (before !== store.selected) {
    store.tab = "messages";
    store.thread = null;
    lastRead = "";
  }
  showMenu(false);
  draw("state");
  await refreshMessages();
}

function draw(what) {
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
  document.title = `${unread ? `(${unread}) ` : ""}${placeName()}${TITLE}`;
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
    fill(live, `Ny besked fra ${nameOf(last.user)}: ${last.text ?? ""}`.slice(0, 300));
  lastRead = key;
}

onChange(draw);
window.addEventListener("hashchange", () => void attempt(follow));
await attempt(refreshPeople);
await attempt(follow);
document.documentElement.dataset.ready = "true";
