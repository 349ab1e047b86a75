// One message: who, when, text or blocks, files, thread, and what can be done with it.
import { el, fill, icon, iconButton } from "./dom.js";
import { post } from "./api.js";
import { blockNodes } from "./blocks.js";
import { clockTime, longDate } from "./dates.js";
import { ask, attempt } from "./dialogs.js";
import { fileCards } from "./files.js";
import { messageContext } from "./forms.js";
import { emojiNode, mrkdwn, typedText } from "./mrkdwn.js";
import { avatar } from "./people.js";
import { nameOf, person, refreshMessages, store } from "./store.js";
import { t } from "./words.js";

const CLOSE_BY = 300;

/** True when this message goes under the same name as the one before it. */
export function follows(message, previous) {
  return (
    Boolean(previous) &&
    previous.user === message.user &&
    !message.ephemeral &&
    !previous.ephemeral &&
    Number(message.ts) - Number(previous.ts) < CLOSE_BY
  );
}

function body(message, channel) {
  if (message.deleted) return [el("p", { class: "gone" }, t("Beskeden er slettet."))];
  const nodes = message.blocks?.length ? blockNodes(message.blocks, messageContext(message, channel)) : [];
  if (!nodes.length && message.text) nodes.push(el("div", { class: "words" }, mrkdwn(message.text)));
  if (message.edited) nodes.push(el("span", { class: "edited" }, t("(redigeret)")));
  if (message.files?.length)
    nodes.push(fileCards(message.files, { onDelete: message.user === store.as ? deleteFile : null }));
  if (message.reactions && Object.keys(message.reactions).length) nodes.push(reactions(message.reactions));
  return nodes;
}

function reactions(given) {
  const one = ([name, users]) =>
    el(
      "li",
      { class: "reaction", title: users.map((id) => nameOf(id)).join(", ") },
      emojiNode(name),
      ` ${users.length}`,
    );
  return el("ul", { class: "reactions", "aria-label": t("Reaktioner") }, Object.entries(given).map(one));
}

async function deleteFile(file) {
  if (!(await ask({ title: t("Slet fil"), text: t("Vil du slette {name}?", { name: file.name }), confirm: t("Slet"), style: "danger" })))
    return;
  await attempt(() => post("delete_file", { as: store.as, file: file.id }));
  await refreshMessages();
}

function tools(message, channel, openThread, article) {
  if (message.deleted || message.ephemeral) return null;
  const own = message.user === store.as;
  const buttons = [
    openThread ? iconButton("thread", t("Svar i tråd"), () => openThread(message.thread_ts ?? message.ts)) : null,
    own && message.text ? iconButton("pencil", t("Rediger besked"), () => edit(message, channel, article)) : null,
    own ? iconButton("bin", t("Slet besked"), () => remove(message, channel)) : null,
  ].filter(Boolean);
  return buttons.length
    ? el("div", { class: "tools", role: "group", "aria-label": t("Beskedens muligheder") }, buttons)
    : null;
}

async function remove(message, channel) {
  if (
    !(await ask({
      title: t("Slet besked"),
      text: t("Vil du slette beskeden? Det kan ikke fortrydes."),
      confirm: t("Slet"),
      style: "danger",
    }))
  )
    return;
  await attempt(() => post("delete_message", { as: store.as, channel, ts: message.ts }));
  await refreshMessages();
}

function edit(message, channel, article) {
  const place = article.querySelector(".message-body");
  const held = [...place.childNodes];
  const area = el("textarea", {
    class: "field",
    rows: "3",
    value: typedText(message.text),
    "aria-label": t("Rediger besked"),
  });
  const stop = () => fill(place, held);
  const save = async () => {
    await attempt(() => post("edit_message", { as: store.as, channel, ts: message.ts, text: area.value }));
    stop();
    await refreshMessages();
  };
  area.addEventListener("keydown", (event) => {
    if (event.key === "Escape") stop();
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      void save();
    }
  });
  fill(
    place,
    area,
    el(
      "div",
      { class: "block actions" },
      el("button", { type: "button", class: "button", on: { click: stop } }, t("Annullér")),
      el("button", { type: "button", class: "button button-primary", on: { click: save } }, t("Gem")),
    ),
  );
  area.focus();
}

function threadLink(message, openThread) {
  if (!openThread || !message.reply_count) return null;
  const faces = (message.reply_users ?? []).slice(0, 4).map((id) => avatar(person(id), "small"));
  const words = message.reply_count === 1 ? "1 svar" : `${message.reply_count} svar`;
  return el(
    "button",
    { type: "button", class: "thread-link", on: { click: () => openThread(message.ts) } },
    faces,
    el("span", {}, words),
    el("span", { class: "hint" }, t("Vis tråd")),
  );
}

/** openThread is null inside a thread, where messages have no thread of their own. */
export function messageNode(message, channel, { grouped, openThread }) {
  const author = person(message.user);
  const seconds = Number(message.ts);
  const { zone, locale } = store.dateContext();
  const time = el(
    "time",
    {
      datetime: new Date(seconds * 1000).toISOString(),
      title: `${longDate(seconds, zone, locale)} ${t("kl. {time}", { time: clockTime(seconds, zone, locale) })}`,
    },
    clockTime(seconds, zone, locale),
  );
  const name = nameOf(message.user, message.username ?? t("Ukendt"));
  const head = el(
    "div",
    { class: grouped ? "message-head sr-only" : "message-head" },
    el("span", { class: "message-name" }, name),
    author?.is_bot || message.bot ? el("span", { class: "tag" }, "App") : null,
    time,
  );
  const article = el("article", {
    class: `message${grouped ? " grouped" : ""}${message.ephemeral ? " ephemeral" : ""}`,
    data: { ts: message.ts },
    "aria-label": `${name}, ${clockTime(seconds, zone, locale)}`,
  });
  fill(
    article,
    el(
      "div",
      { class: "gutter" },
      grouped
        ? el("span", { class: "small-time", "aria-hidden": "true" }, clockTime(seconds, zone, locale))
        : avatar(author),
    ),
    el(
      "div",
      { class: "message-main" },
      message.ephemeral ? el("p", { class: "only-you" }, icon("eye"), t(" Kun synlig for dig")) : null,
      head,
      el("div", { class: "message-body" }, body(message, channel)),
      threadLink(message, openThread),
    ),
    tools(message, channel, openThread, article),
  );
  return article;
}
