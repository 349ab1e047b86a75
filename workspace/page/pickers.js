// Date, time and date-with-time fields. A date with a time is read in the chosen person's own zone, as Slack does.
import { el, fill } from "./dom.js";
import { clockTime, epochOf, isoDate, isoTime, longDate } from "./dates.js";
import { store } from "./store.js";
import { spoken, t } from "./words.js";

/**
 * One native field. Typing a date digit by digit passes through dates nobody means (the year 2), so a field that acts at
 * once waits until the value has rested, or the person presses Enter or moves on.
 */
function native(type, value, setup, report) {
  let timer = null;
  let last = value;
  const settle = () => {
    clearTimeout(timer);
    if (input.value === last || (type === "date" && input.value && input.value < "1900")) return;
    last = input.value;
    report(input.value || null);
  };
  const input = el("input", {
    type,
    value,
    class: "field field-when",
    "aria-label": setup.labelledBy ? null : setup.label || setup.element.placeholder?.text || t("Vælg tidspunkt"),
    "aria-labelledby": setup.labelledBy,
    "aria-describedby": setup.describedBy,
    on: {
      change() {
        clearTimeout(timer);
        if (setup.live) timer = setTimeout(settle, 700);
        else settle();
      },
      blur: settle,
      keydown(event) {
        if (event.key === "Enter" && setup.live) settle();
      },
    },
  });
  return input;
}

/** The chosen moment in words: a browser may show 05/07, and only words tell May from July. */
function inWords(date, time) {
  if (!date || date < "1900") return "";
  const { zone, locale } = store.dateContext();
  const epoch = epochOf(date, time || "12:00", zone);
  return longDate(epoch, zone, locale) + (time ? ` ${t("kl. {time}", { time: clockTime(epoch, zone, locale) })}` : "");
}

function spokenTime(time) {
  return spoken() === "da" ? time.replace(":", ".") : time;
}

function withWords(fields, words, props = {}) {
  const said = el("span", { class: "hint when-words" });
  const tell = () => fill(said, words());
  for (const field of fields) field.addEventListener("input", tell);
  tell();
  return el("div", { class: "when", ...props }, fields, said);
}

export function datePicker(setup) {
  const input = native("date", setup.state.selected_date ?? "", setup, (value) =>
    setup.onState({ selected_date: value }),
  );
  return { node: withWords([input], () => inWords(input.value)), input };
}

export function timePicker(setup) {
  const input = native("time", setup.state.selected_time ?? "", setup, (value) =>
    setup.onState({ selected_time: value }),
  );
  return { node: withWords([input], () => (input.value ? t("kl. {time}", { time: spokenTime(input.value) }) : "")), input };
}

export function dateTimePicker(setup) {
  const { zone } = store.dateContext();
  const at = setup.state.selected_date_time;
  const report = () => {
    const whole = date.value && time.value;
    setup.onState({ selected_date_time: whole ? epochOf(date.value, time.value, zone) : null });
  };
  const name = setup.label || t("Tidspunkt");
  const part = (type, value, word) =>
    native(type, value, { ...setup, labelledBy: null, label: `${name}, ${word}` }, report);
  const date = part("date", at ? isoDate(at, zone) : "", t("dato"));
  const time = part("time", at ? isoTime(at, zone) : "", t("klokkeslæt"));
  const naming = { role: "group", "aria-labelledby": setup.labelledBy, "aria-label": setup.labelledBy ? null : name };
  return { node: withWords([date, time], () => inWords(date.value, time.value), naming), input: date };
}
