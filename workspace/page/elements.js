// From a Block Kit element to its control, with the element's initial_* values as the first state.
import { el } from "./dom.js";
import { agreed, button, overflow } from "./buttons.js";
import { checkboxes, radioButtons } from "./choices.js";
import { fileField, textField } from "./fields.js";
import { datePicker, dateTimePicker, timePicker } from "./pickers.js";
import { select } from "./selects.js";
import { t } from "./words.js";

const CONTROLS = {
  button,
  overflow,
  checkboxes,
  radio_buttons: radioButtons,
  datepicker: datePicker,
  timepicker: timePicker,
  datetimepicker: dateTimePicker,
  plain_text_input: textField,
  number_input: textField,
  email_text_input: textField,
  url_text_input: textField,
  file_input: fileField,
  workflow_button: button,
};

/** The keys under which Slack keeps a control's state, by what its initial value is called. */
const INITIAL = {
  initial_value: "value",
  initial_option: "selected_option",
  initial_options: "selected_options",
  initial_date: "selected_date",
  initial_time: "selected_time",
  initial_date_time: "selected_date_time",
  initial_user: "selected_user",
  initial_users: "selected_users",
  initial_channel: "selected_channel",
  initial_channels: "selected_channels",
  initial_conversation: "selected_conversation",
  initial_conversations: "selected_conversations",
};

export function initialState(element) {
  const state = {};
  for (const [from, to] of Object.entries(INITIAL)) if (element[from] !== undefined) state[to] = element[from];
  return state;
}

const PRESSED = new Set(["button", "overflow", "workflow_button"]);

/** True for what a person fills in, false for what a person presses. */
export function isField(element) {
  return !PRESSED.has(element.type);
}

/**
 * The control of one element. `live` elements tell the app at once; others only when the form is sent.
 * context: act, change, suggest, stateOf (see forms.js and message.js); naming: labelledBy, describedBy, label.
 */
export function control(block, element, context, naming, live) {
  const make = CONTROLS[element.type] ?? (/_select$/.test(element.type) ? select : null);
  if (!make) return { node: el("p", { class: "unknown" }, t("Ukendt element: {type}", { type: element.type })), input: null };
  const state = context.stateOf(block, element);
  const made = make({
    element,
    state,
    live,
    ...naming,
    suggest: (value) => context.suggest(block, element, value),
    async onState(next) {
      if (!live) {
        context.change(block, element, next);
        return;
      }
      if (!(await agreed(element.confirm))) return;
      await context.act(block, element, next);
    },
  });
  const at = made.input;
  if (at) {
    at.dataset.action = element.action_id ?? "";
    at.dataset.block = block.block_id ?? "";
    if (element.focus_on_load) at.setAttribute("autofocus", "");
  }
  return made;
}
