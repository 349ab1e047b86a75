// Checkboxes and radio buttons.
import { el, freshId } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";
import { t } from "./words.js";

function words(text) {
  return text.type === "mrkdwn" ? mrkdwn(text.text) : withEmoji(text.text);
}

function choice(type, name, option, ticked, onPick) {
  const input = el("input", { type, name, value: option.value, checked: ticked, on: { change: onPick } });
  const hint = option.description ? el("span", { class: "choice-hint" }, words(option.description)) : null;
  return {
    input,
    node: el(
      "label",
      { class: "choice" },
      input,
      el("span", { class: "choice-words" }, el("span", {}, words(option.text)), hint),
    ),
  };
}

function group(role, { labelledBy, describedBy, label }, rows) {
  return el(
    "div",
    {
      class: "choices",
      role,
      "aria-labelledby": labelledBy,
      "aria-label": labelledBy ? null : label || t("Valg"),
      "aria-describedby": describedBy,
    },
    rows.map((row) => row.node),
  );
}

export function checkboxes(setup) {
  const { element, state, onState } = setup;
  const ticked = new Set((state.selected_options ?? []).map((option) => option.value));
  const report = () => onState({ selected_options: element.options.filter((_, at) => rows[at].input.checked) });
  const rows = element.options.map((option) => choice("checkbox", null, option, ticked.has(option.value), report));
  return { node: group("group", setup, rows), input: rows[0]?.input };
}

export function radioButtons(setup) {
  const { element, state, onState } = setup;
  const name = freshId("radio");
  const rows = element.options.map((option) =>
    choice("radio", name, option, option.value === state.selected_option?.value, () =>
      onState({ selected_option: option }),
    ),
  );
  return { node: group("radiogroup", setup, rows), input: rows[0]?.input };
}
