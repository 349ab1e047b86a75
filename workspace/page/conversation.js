// The conversation in the middle and its thread on the side.
import { el, fill, icon, iconButton, redraw } from "./dom.js";
import { post } from "./api.js";
import { composer } from "./composer.js";
import { drawHome } from "./home.js";
import { messageList } from "./messagelist.js";
import { attempt } from "./dialogs.js";
import { avatar, openInvite } from "./people.js";
import { current, nameOf, person, readsHome, refreshAll, shownMessages, store } from "./store.js";
import { t } from "./words.js";

const inThread = (message) => message.thread_ts && message.thread_ts !== message.ts;

export function conversation(main, side, { openMenu, go, showTab }) {
  const head = el("header", { class: "room-head" });
  const scroller = el("div", {
    class: "scroller",
    id: "panel-messages",
    tabindex: "0",
    role: "region",
    "aria-label": t("Beskeder"),
  });
  const homePlace = el("div", {
    class: "scroller home",
    id: "panel-home",
    tabindex: "0",
    role: "region",
    "aria-label": t("Hjem"),
    hidden: true,
  });
  const writer = el("div", { class: "writer" });
  fill(main, head, scroller, homePlace, writer);
  const list = messageList(scroller, { openThread });
  const write = composer({ target: () => ({ channel: current()?.id }), dropPlace: main, sent: go });
  writer.append(write.node);

  const threadScroller = el("div", { class: "scroller", tabindex: "0", role: "group", "aria-label": t("Tråd") });
  const threadList = messageList(threadScroller, { openThread: null });
  const reply = composer({
    target: () => ({ channel: current()?.id, thread_ts: store.thread }),
    dropPlace: side,
    sent: go,
  });
  fill(
    side,
    el(
      "header",
      { class: "room-head" },
      el("h2", { class: "room-title" }, t("Tråd")),
      iconButton("close", t("Luk tråden"), closeThread),
    ),
    threadScroller,
    el("div", { class: "writer" }, reply.node),
  );

  function openThread(ts) {
    store.thread = ts;
    draw();
    reply.focus();
  }

  function closeThread() {
    store.thread = null;
    draw();
    write.focus();
  }

  side.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) closeThread();
  });

  function drawHead(channel) {
    const other = channel.kind === "im" ? person(channel.with) : null;
    redraw(head, [channel.id, channel.name, channel.kind, channel.members.length, other, store.tab], () => [
      iconButton("menu", t("Vis kanaler"), openMenu, { class: "menu-button" }),
      title(channel, other),
      other ? null : el("span", { class: "hint members" }, t("{n} medlemmer", { n: channel.members.length })),
      other
        ? null
        : iconButton("plus", t("Føj nogen til kanalen"), () => openInvite(channel, invite), { class: "invite-button" }),
      other?.is_bot ? tabs(showTab) : null,
    ]);
  }

  async function invite(user) {
    await attempt(() => post("join", { channel: current().id, user, inviter: store.as }));
    await refreshAll();
  }

  function draw() {
    const channel = current();
    main.classList.toggle("empty", !channel);
    if (!channel) {
      side.hidden = true;
      fill(
        head,
        iconButton("menu", t("Vis kanaler"), openMenu, { class: "menu-button" }),
        el("h1", { class: "room-title" }, t("Vælg en samtale")),
      );
      scroller.hidden = homePlace.hidden = writer.hidden = true;
      return;
    }
    drawHead(channel);
    const other = channel.kind === "im" ? person(channel.with) : null;
    const home = readsHome(channel);
    homePlace.hidden = !home;
    scroller.hidden = writer.hidden = home;
    if (home) drawHome(homePlace, other);
    const name = other ? nameOf(other.id) : `#${channel.name}`;
    const messages = shownMessages();
    write.enter(`${store.as} ${channel.id}`);
    write.hint(t("Skriv til {name}", { name }));
    list.draw(
      messages.filter((message) => !inThread(message)),
      channel.id,
    );
    side.hidden = !store.thread || home;
    if (store.thread) {
      reply.enter(`${store.as} ${channel.id} ${store.thread}`);
      reply.hint(t("Svar i tråden"));
      threadList.draw(
        messages.filter((message) => message.ts === store.thread || message.thread_ts === store.thread),
        channel.id,
      );
    }
  }

  return { draw, focus: write.focus, write: write.put };
}

function title(channel, other) {
  const mark = other ? avatar(other, "small") : icon(channel.kind === "private" ? "lock" : "hash");
  const app = other?.is_bot ? el("span", { class: "tag" }, "App") : null;
  return el("h1", { class: "room-title" }, mark, el("span", {}, other ? nameOf(other.id) : channel.name), app);
}

const TABS = { home: "Hjem", messages: "Beskeder" };

/** The app's two tabs; the arrows move between them and only the chosen one is in the tab order. */
function tabs(showTab) {
  const others = (name) => Object.keys(TABS).find((one) => one !== name);
  const tab = (name) => {
    const chosen = store.tab === name;
    const node = el("button", { type: "button", role: "tab", class: "tab", id: `tab-${name}` }, t(TABS[name]));
    node.setAttribute("aria-selected", String(chosen));
    node.setAttribute("aria-controls", `panel-${name}`);
    node.tabIndex = chosen ? 0 : -1;
    node.addEventListener("click", () => void showTab(name));
    node.addEventListener("keydown", async (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      await showTab(others(name));
      document.getElementById(`tab-${others(name)}`)?.focus();
    });
    return node;
  };
  return el("div", { class: "tabs", role: "tablist", "aria-label": "App" }, Object.keys(TABS).map(tab));
}

/** Opening the tab tells the app, which publishes the view. */
export async function openHome() {
  await post("home", { as: store.as });
}
