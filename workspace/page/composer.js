// Where a person writes: messages, files (button, drop or paste) and slash commands.
import { el, fill, freshId, icon, iconButton } from "./dom.js";
import { post, upload } from "./api.js";
import { attempt, notice } from "./dialogs.js";
import { readableSize } from "./files.js";
import { suggestions } from "./suggestions.js";
import { current, refreshAll, store } from "./store.js";
import { t } from "./words.js";

const TALLEST = 220;

/** target() -> {channel, thread_ts?}; sent(channel) is told where a new conversation began. */
export function composer({ target, dropPlace, sent }) {
  const hintId = freshId("composer");
  let files = [];
  let room = "";
  const drafts = new Map();
  const named = new Map();
  const input = el("textarea", {
    class: "composer-text",
    rows: "1",
    "aria-describedby": hintId,
    "aria-label": t("Skriv en besked"),
    enterkeyhint: "send",
    on: { input: typed, keydown, paste, blur: () => setTimeout(() => list.close(), 150) },
  });
  const list = suggestions(input, pick);
  const chooser = el("input", {
    type: "file",
    multiple: true,
    class: "sr-only",
    tabindex: "-1",
    "aria-label": t("Vælg filer at sende"),
    on: { change: chosen },
  });
  const held = el("ul", { class: "held", "aria-label": t("Filer der sendes") });
  const sendButton = iconButton("send", "Send", () => void send(), { class: "send" });
  const node = el(
    "div",
    { class: "composer" },
    list.node,
    held,
    input,
    el(
      "div",
      { class: "composer-foot" },
      iconButton("clip", t("Vedhæft fil"), () => chooser.click()),
      chooser,
      el("span", { class: "hint", id: hintId }, t("Enter sender · Shift+Enter giver ny linje · / viser kommandoer")),
      sendButton,
    ),
  );

  function pick({ insert, from, id }) {
    if (id) named.set(insert.trim(), id);
    const end = input.selectionStart;
    input.setRangeText(insert, from, end, "end");
    typed();
    list.close();
    input.focus();
  }

  function typed() {
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight, TALLEST)}px`;
    sendButton.classList.toggle("ready", Boolean(input.value.trim()) || files.length > 0);
    list.update();
  }

  function keydown(event) {
    if (list.takes(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void send();
    }
  }

  function add(more) {
    files = [...files, ...more];
    drawFiles();
    typed();
    input.focus();
  }

  function chosen() {
    add([...chooser.files]);
    chooser.value = "";
  }

  function paste(event) {
    const pasted = [...(event.clipboardData?.files ?? [])];
    if (!pasted.length) return;
    event.preventDefault();
    add(pasted);
  }

  function drawFiles() {
    fill(
      held,
      files.map((file) =>
        el(
          "li",
          {},
          icon("file"),
          el("span", {}, file.name),
          el("span", { class: "hint" }, readableSize(file.size)),
          iconButton("close", t("Fjern {name}", { name: file.name }), () => {
            files = files.filter((one) => one !== file);
            drawFiles();
            typed();
          }),
        ),
      ),
    );
  }

  async function send() {
    const written = input.value;
    const text = withMentions(written.trim());
    if ((!text && !files.length) || node.getAttribute("aria-busy") === "true") return;
    list.close();
    node.setAttribute("aria-busy", "true");
    const where = target();
    const answer = await attempt(() => deliver(text, where));
    node.removeAttribute("aria-busy");
    if (!answer) return;
    if (input.value === written) input.value = ""; // else the next message is begun already
    files = [];
    drawFiles();
    typed();
    await refreshAll();
    const opened = current();
    if (where.channel.startsWith("U") && opened && !opened.fresh) sent(opened.id);
  }

  function deliver(text, { channel, thread_ts }) {
    const as = store.as;
    const command = /^(\/\S+)(?:\s+([\s\S]*))?$/.exec(text);
    if (files.length) return upload({ as, channel, thread_ts, text }, files);
    if (command?.[1] === "/invite") return invite(channel, text);
    if (command && isCommand(command[1]))
      return post("command", { as, channel, command: command[1], text: command[2] ?? "" });
    return post("say", { as, channel, text, ...(thread_ts ? { thread_ts } : {}) });
  }

  /** Slack's own command: whoever is named comes into the channel. */
  function invite(channel, text) {
    const called = text.replace(/^\S+\s*/, "");
    const named = /^<@(\w+)>/.exec(called)?.[1];
    const name = called.replace(/^@/, "").toLocaleLowerCase("da");
    const names = (one) => [one.display_name, one.real_name, one.name].map((each) => each?.toLocaleLowerCase("da"));
    const wanted = store.people.find((one) => one.id === named || (name && names(one).includes(name)));
    if (!wanted || current()?.kind === "im") {
      notice(t("Skriv /invite i kanalen og et navn bagefter, fx /invite @Klyngebot."), "bad");
      return null;
    }
    return post("join", { channel, user: wanted.id, inviter: store.as });
  }

  function isCommand(word) {
    return /^\/[a-zæøå]/i.test(word);
  }

  function withMentions(text) {
    let said = text;
    for (const [name, id] of [...named].sort(([one], [other]) => other.length - one.length))
      said = said.replaceAll(name, `<@${id}>`);
    return said;
  }

  dropPlace.addEventListener("dragover", (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    dropPlace.classList.add("dropping");
  });
  dropPlace.addEventListener("dragleave", (event) => {
    if (!dropPlace.contains(event.relatedTarget)) dropPlace.classList.remove("dropping");
  });
  dropPlace.addEventListener("drop", (event) => {
    event.preventDefault();
    dropPlace.classList.remove("dropping");
    if (!node.closest("[hidden]")) add([...event.dataTransfer.files]);
  });

  return {
    node,
    /** Goes to another conversation: what was begun there waits there. */
    enter(place) {
      if (place === room) return;
      drafts.set(room, { text: input.value, files });
      room = place;
      const draft = drafts.get(place) ?? { text: "", files: [] };
      input.value = draft.text;
      files = draft.files;
      drawFiles();
      typed();
      list.close();
    },
    focus: () => input.focus(),
    /** Puts words or a file into the field as if they had been written; nothing is sent. */
    put({ text, file }) {
      if (text) input.value = text;
      files = file ? [file] : [];
      drawFiles();
      typed();
      list.close();
      input.focus();
    },
    hint(words) {
      input.placeholder = words;
      input.setAttribute("aria-label", words);
    },
  };
}
