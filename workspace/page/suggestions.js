// The list above the composer: slash commands with their hints, and people after an @.
import { el, fill, freshId } from "./dom.js";
import { avatar } from "./people.js";
import { nameOf, store } from "./store.js";
import { spoken, t } from "./words.js";

const MOST = 8;

function commandRows(text) {
  const [, name, begun] = /^(\/\S+) (\S*)$/.exec(text) ?? [];
  if (name) return wordRows(store.commands.find((one) => one.command === name)?.words ?? [], name, begun);
  if (!/^\/\S*$/.test(text)) return [];
  const invite = { command: "/invite", usage_hint: t("@navn"), description: t("Inviter nogen til kanalen") };
  return [...store.commands, invite]
    .filter((one) => one.command.startsWith(text.toLowerCase()))
    .map((one) => ({
      insert: `${one.command} `,
      from: 0,
      label: one.command,
      hint: one.usage_hint ?? "",
      words: one.description ?? "",
      whole: text === one.command,
    }));
}

/** The words that may follow a command, where whoever runs the workspace told them. */
function wordRows(words, command, begun) {
  return words
    .filter((one) => one.word.startsWith(begun.toLocaleLowerCase("da")))
    .map((one) => ({
      insert: `${command} ${one.word}`,
      from: 0,
      label: one.word,
      words: one.about[spoken()] ?? "",
      whole: one.word === begun,
    }));
}

function personRows(text) {
  const match = /(?:^|\s)@([\p{L}\d.-]*)$/u.exec(text);
  if (!match) return [];
  const query = match[1].toLocaleLowerCase("da");
  return store.people
    .filter((one) => !one.deleted && nameOf(one.id).toLocaleLowerCase("da").includes(query))
    .map((one) => ({
      insert: `@${nameOf(one.id)} `,
      from: text.length - match[1].length - 1,
      label: nameOf(one.id),
      words: "",
      mark: avatar(one, "small"),
      id: one.id,
    }));
}

/** onPick({insert, from, id?}) replaces the typed word. */
export function suggestions(input, onPick) {
  const listId = freshId("suggest");
  const list = el("ul", {
    id: listId,
    role: "listbox",
    class: "suggestions",
    tabindex: "0", // more than fits can be scrolled to
    hidden: true,
    "aria-label": t("Forslag"),
  });
  let rows = [];
  let active = 0;
  input.setAttribute("aria-controls", listId);
  input.setAttribute("aria-autocomplete", "list");

  function close() {
    rows = [];
    list.hidden = true;
    input.removeAttribute("aria-activedescendant");
  }

  function draw() {
    list.hidden = !rows.length;
    fill(
      list,
      rows.map((row, at) =>
        el(
          "li",
          {
            id: `${listId}-${at}`,
            role: "option",
            class: at === active ? "suggestion active" : "suggestion",
            "aria-selected": String(at === active),
            on: { mousedown: (event) => event.preventDefault(), click: () => pick(at) },
          },
          row.mark,
          el("strong", {}, row.label),
          row.hint ? el("span", { class: "usage" }, row.hint) : null,
          row.words ? el("span", { class: "hint" }, row.words) : null,
        ),
      ),
    );
    if (!rows.length) return;
    input.setAttribute("aria-activedescendant", `${listId}-${active}`);
    list.children[active].scrollIntoView({ block: "nearest" });
  }

  function pick(at) {
    const row = rows[at];
    close();
    onPick(row);
  }

  return {
    node: list,
    close,
    update() {
      const text = input.value.slice(0, input.selectionStart);
      rows = [...commandRows(text), ...personRows(text).slice(0, MOST)];
      active = 0;
      draw();
    },
    /** True when the key was for the list. */
    takes(event) {
      if (!rows.length) return false;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) active = (active + step + rows.length) % rows.length;
      else if (event.key === "Enter" && rows[active].whole) return false;
      else if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) {
        event.preventDefault();
        pick(active);
        return true;
      } else if (event.key === "Escape") close();
      else return false;
      event.preventDefault();
      draw();
      return true;
    },
  };
}
