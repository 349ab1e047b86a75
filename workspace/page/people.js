// Who is who: avatars, and the switcher to see the workspace as somebody else.
import { el, fill, icon } from "./dom.js";
import { get } from "./api.js";
import { openDialog } from "./dialogs.js";
import { nameOf, person, store } from "./store.js";
import { t } from "./words.js";

/** A coloured square with initials; names beside it do the talking. */
export function avatar(one, size = "") {
  const classes = `avatar ${size} ${one?.is_bot ? "avatar-bot" : ""}`.replace(/\s+/g, " ").trim();
  return el(
    "span",
    { class: classes, "aria-hidden": "true", css: one?.colour && !one.is_bot ? { "--tint": one.colour } : {} },
    one?.initials ?? "?",
  );
}

/** Who you are, and the way to be somebody else. */
export function me(choose) {
  return el(
    "button",
    { type: "button", class: "me", "aria-haspopup": "dialog", on: { click: () => openSwitcher(choose) } },
    avatar(person(store.as)),
    el(
      "span",
      { class: "me-words" },
      el("span", { class: "me-hint" }, t("Du er")),
      " ",
      el("span", { class: "me-name" }, nameOf(store.as)),
    ),
    icon("swap"),
  );
}

function matches(one, query) {
  return `${one.real_name ?? ""} ${one.display_name ?? ""} ${one.name} ${one.email ?? ""}`
    .toLocaleLowerCase("da")
    .includes(query);
}

function openSwitcher(choose) {
  const list = el("ul", { class: "person-list" });
  const search = el("input", {
    type: "search",
    class: "field",
    placeholder: t("Find en person"),
    "aria-label": t("Find en person"),
    autofocus: true,
    on: { input: draw },
  });
  const unread = new Map();
  const dialog = openDialog({ title: t("Hvem vil du være?"), body: [search, list], className: "switcher" });

  function row(one) {
    const waiting = unread.get(one.id) ?? 0;
    const badge = waiting ? el("span", { class: "badge", "aria-label": t("{n} ulæste", { n: waiting }) }, String(waiting)) : null;
    const own = one.id === store.as;
    const about = store.story?.people?.[one.id];
    return el(
      "li",
      {},
      el(
        "button",
        {
          type: "button",
          class: "person-row",
          "aria-current": own ? "true" : null,
          data: { person: one.id },
          on: {
            click() {
              dialog.close();
              choose(one.id);
            },
          },
        },
        avatar(one),
        el(
          "span",
          { class: "person-words" },
          el("strong", {}, nameOf(one.id)),
          el("span", { class: "hint" }, about?.about || (one.email ?? `@${one.name}`)),
          about?.owes.length
            ? el("span", { class: "hint person-owes" }, t("Skylder: {what}", { what: about.owes.join(", ") }))
            : null,
        ),
        badge,
        own ? icon("check") : null,
      ),
    );
  }

  function draw() {
    const query = search.value.toLocaleLowerCase("da");
    const told = store.story?.people ?? {};
    const words = (one) => `${told[one.id]?.about ?? ""} ${told[one.id]?.owes.join(" ") ?? ""}`.toLocaleLowerCase("da");
    const found = store.people.filter(
      (one) => !one.is_bot && !one.deleted && (matches(one, query) || words(one).includes(query)),
    );
    fill(list, found.length ? found.map(row) : el("li", { class: "hint" }, t("Ingen fundet")));
  }

  async function count() {
    for (const one of store.people.filter((each) => !each.is_bot && !each.deleted)) {
      if (!dialog.node.isConnected) return;
      const state = await get("state", { as: one.id });
      const waiting = state.channels.reduce((sum, channel) => sum + (channel.unread ?? 0), 0);
      if (!waiting) continue;
      unread.set(one.id, waiting);
      if (dialog.node.isConnected && !list.contains(document.activeElement)) draw();
    }
  }

  draw();
  void count().catch(() => undefined);
}

/** Lets the person choose whom to write to. */
export function openNewMessage(choose) {
  openPicker(t("Ny besked"), () => true, choose);
}

/** Lets the person choose whom to take into a channel; apps stand first, as whoever looks for one expects. */
export function openInvite(channel, choose) {
  openPicker(t("Føj nogen til kanalen"), (one) => !channel.members.includes(one.id), choose);
}

function openPicker(title, fits, choose) {
  const list = el("ul", { class: "person-list" });
  const search = el("input", {
    type: "search",
    class: "field",
    placeholder: t("Find en person"),
    "aria-label": t("Find en person"),
    autofocus: true,
    on: { input: draw },
  });
  const dialog = openDialog({ title, body: [search, list], className: "switcher" });
  function draw() {
    const query = search.value.toLocaleLowerCase("da");
    const found = store.people
      .filter((one) => one.id !== store.as && !one.deleted && fits(one) && matches(one, query))
      .sort((one, other) => Number(other.is_bot) - Number(one.is_bot));
    fill(
      list,
      found.map((one) =>
        el(
          "li",
          {},
          el(
            "button",
            {
              type: "button",
              class: "person-row",
              data: { person: one.id },
              on: {
                click() {
                  dialog.close();
                  choose(one.id);
                },
              },
            },
            avatar(one),
            el(
              "span",
              { class: "person-words" },
              el("strong", {}, nameOf(one.id)),
              one.is_bot ? el("span", { class: "tag" }, "App") : null,
            ),
          ),
        ),
      ),
    );
  }
  draw();
}
