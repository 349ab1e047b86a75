// The list of channels, apps and direct messages, with unread marks.
import { el, icon, iconButton, redraw } from "./dom.js";
import { avatar, me, openNewMessage } from "./people.js";
import { bots, current, nameOf, person, store } from "./store.js";
import { t } from "./words.js";

const byName = (one, other) => one.name.localeCompare(other.name, "da");

function row({ id, label, mark, unread = 0, app = false }) {
  const chosen = current()?.id === id || store.selected === id;
  return el(
    "li",
    {},
    el(
      "a",
      {
        href: `#/${store.as}/${id}`,
        class: `place${unread ? " unread" : ""}${chosen ? " chosen" : ""}`,
        "aria-current": chosen ? "page" : null,
      },
      mark,
      el("span", { class: "place-name" }, label),
      app ? el("span", { class: "tag" }, "App") : null,
      unread ? el("span", { class: "badge", "aria-label": t("{n} ulæste", { n: unread }) }, String(unread)) : null,
    ),
  );
}

function group(title, rows, extra = null) {
  if (!rows.length && !extra) return null;
  return el(
    "section",
    { "aria-label": title },
    el("h2", { class: "group-title" }, el("span", {}, title), extra),
    el("ul", {}, rows),
  );
}

function direct(channel) {
  const other = person(channel.with);
  return row({
    id: channel.id,
    label: nameOf(channel.with, channel.name),
    mark: avatar(other, "small"),
    unread: channel.unread,
    app: other?.is_bot,
  });
}

/** Apps are always listed, also before the first message. */
function appRows() {
  return bots().map((bot) => {
    const known = store.channels.find((channel) => channel.kind === "im" && channel.with === bot.id);
    return direct(known ?? { id: bot.id, with: bot.id, name: bot.name, unread: 0 });
  });
}

export function drawSidebar(place, { become, go }) {
  const from = [store.as, store.selected, current()?.id, store.people, store.channels];
  redraw(place, from, () => sidebarNodes({ become, go }));
}

function sidebarNodes({ become, go }) {
  const rooms = store.channels.filter((channel) => channel.kind !== "im").sort(byName);
  const people = store.channels.filter((channel) => channel.kind === "im" && !person(channel.with)?.is_bot);
  const mark = (channel) => icon(channel.kind === "private" ? "lock" : "hash");
  const room = (channel) => row({ id: channel.id, label: channel.name, mark: mark(channel), unread: channel.unread });
  const write = iconButton("plus", t("Ny besked"), () => openNewMessage(go), { class: "on-dark" });
  return [
    me(become),
    group("Apps", appRows()),
    group(t("Kanaler"), rooms.map(room)),
    group(t("Direkte beskeder"), people.map(direct), write),
  ];
}

/** How many unread there are in all, for the page title. */
export function unreadSum() {
  return store.channels.reduce((sum, channel) => sum + (channel.unread ?? 0), 0);
}
