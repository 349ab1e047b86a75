// The story's clock: shows it and moves it.
import { el, fill, icon } from "./dom.js";
import { post } from "./api.js";
import { clockTime, epochOf, isoDate, longDate } from "./dates.js";
import { attempt, openDialog } from "./dialogs.js";
import { refreshAll, store, storyNow } from "./store.js";
import { t } from "./words.js";

const DAY = 86400;

async function move(body) {
  await attempt(() => post("clock", body));
  await refreshAll();
}

export function drawClock(place) {
  const face = el("span", { class: "clock-face" });
  fill(
    place,
    el("span", { class: "clock-now", title: t("Historiens tid") }, icon("clock"), face),
    el(
      "div",
      { class: "clock-buttons", role: "group", "aria-label": t("Flyt uret") },
      el("button", { type: "button", class: "bar-button", on: { click: () => move({ forward: 3600 }) } }, t("+1 time")),
      el(
        "button",
        { type: "button", class: "bar-button", on: { click: () => move({ jump: "next morning" }) } },
        icon("sun"),
        el("span", {}, t("Næste morgen")),
      ),
      el(
        "button",
        { type: "button", class: "bar-button", on: { click: pickDate } },
        icon("calendar"),
        el("span", {}, t("Dagen før mødet")),
      ),
    ),
  );
  const tick = () => {
    const { zone, locale, now } = store.dateContext();
    if (store.as)
      fill(
        face,
        el("span", { class: "clock-date" }, longDate(now, zone, locale)),
        el("strong", {}, clockTime(now, zone, locale)),
      );
  };
  setInterval(tick, 5000);
  return tick;
}

/** Coming moments named in what the person has read, so that "the day before" needs no looking up. */
function comingDates() {
  const found = new Set();
  for (const messages of store.messages.values())
    for (const [, epoch] of JSON.stringify(messages).matchAll(/<!date\^(\d{9,11})\^/g))
      if (Number(epoch) > storyNow()) found.add(Number(epoch));
  return [...found].sort((one, other) => one - other).slice(0, 5);
}

function pickDate() {
  const { zone, locale, now } = store.dateContext();
  const date = el("input", {
    type: "date",
    class: "field",
    value: isoDate(now + DAY, zone),
    required: true,
    "aria-label": t("Dato"),
    autofocus: true,
  });
  const time = el("input", {
    type: "time",
    class: "field",
    value: "12:00",
    required: true,
    "aria-label": t("Klokkeslæt"),
  });
  const go = (epoch) => {
    dialog.close();
    void move({ to: new Date(epoch * 1000).toISOString() });
  };
  const named = comingDates().map((epoch) => {
    const before = epochOf(isoDate(epoch - DAY, zone), "12:00", zone);
    return el(
      "li",
      {},
      el(
        "button",
        { type: "button", class: "person-row", on: { click: () => go(before) } },
        el(
          "span",
          { class: "person-words" },
          el("strong", {}, t("Dagen før: {day} kl. 12.00", { day: longDate(before, zone, locale) })),
          el(
            "span",
            { class: "hint" },
            t("for det, der sker {day} kl. {time}", {
              day: longDate(epoch, zone, locale),
              time: clockTime(epoch, zone, locale),
            }),
          ),
        ),
      ),
    );
  });
  const form = el(
    "form",
    {
      class: "clock-form",
      on: {
        submit(event) {
          event.preventDefault();
          go(epochOf(date.value, time.value, zone));
        },
      },
    },
    el("p", {}, t("Flyt uret til det tidspunkt, du vil se.")),
    el("div", { class: "when" }, date, time),
    el("button", { type: "submit", class: "button button-primary" }, t("Flyt uret")),
  );
  const dialog = openDialog({
    title: t("Dagen før mødet"),
    className: "clock-dialog",
    body: [form, named.length ? el("h3", {}, t("Datoer i samtalen")) : null, el("ul", { class: "person-list" }, named)],
  });
}
