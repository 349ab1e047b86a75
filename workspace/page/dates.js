// Dates and times in the chosen person's time zone, by the story's clock.

function parts(zone, epoch) {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  return Object.fromEntries(format.formatToParts(new Date(epoch * 1000)).map((part) => [part.type, part.value]));
}

/** "2026-05-07" of that second in that zone. */
export function isoDate(epoch, zone) {
  const at = parts(zone, epoch);
  return `${at.year}-${at.month}-${at.day}`;
}

/** "16:30" of that second in that zone. */
export function isoTime(epoch, zone) {
  const at = parts(zone, epoch);
  return `${at.hour}:${at.minute}`;
}

/** The second at which a wall clock in that zone shows this date and time (twice: summer time may shift the first guess). */
export function epochOf(date, time, zone) {
  const wall = Date.parse(`${date}T${time}:00Z`) / 1000;
  let guess = wall;
  for (let round = 0; round < 2; round += 1) {
    const at = parts(zone, guess);
    const shown = Date.UTC(at.year, at.month - 1, at.day, at.hour, at.minute, at.second) / 1000;
    guess += wall - shown;
  }
  return guess;
}

function shown(epoch, zone, locale, options) {
  return new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }).format(new Date(epoch * 1000));
}

export function clockTime(epoch, zone, locale = "da-DK") {
  return shown(epoch, zone, locale, { hour: "2-digit", minute: "2-digit" });
}

export function longDate(epoch, zone, locale = "da-DK") {
  return shown(epoch, zone, locale, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}

function mediumDate(epoch, zone, locale) {
  return shown(epoch, zone, locale, { day: "numeric", month: "long", year: "numeric" });
}

function shortDate(epoch, zone, locale) {
  return shown(epoch, zone, locale, { day: "numeric", month: "short", year: "numeric" });
}

const RELATIVE = {
  da: { "-1": "i går", 0: "i dag", 1: "i morgen" },
  en: { "-1": "yesterday", 0: "today", 1: "tomorrow" },
};

/** "i går", "i dag", "i morgen" or null. */
export function nearDay(epoch, now, zone, locale = "da-DK") {
  const days = Math.round((Date.parse(isoDate(epoch, zone)) - Date.parse(isoDate(now, zone))) / 86400000);
  return RELATIVE[locale.startsWith("en") ? "en" : "da"][days] ?? null;
}

function ago(epoch, now, locale) {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const seconds = epoch - now;
  for (const [unit, size] of [
    ["day", 86400],
    ["hour", 3600],
    ["minute", 60],
  ]) {
    if (Math.abs(seconds) >= size) return format.format(Math.round(seconds / size), unit);
  }
  return format.format(Math.round(seconds), "second");
}

/** The text that `<!date^epoch^format|…>` stands for. */
export function dateToken(epoch, format, { zone, locale, now }) {
  const near = nearDay(epoch, now, zone, locale);
  const forms = {
    date_num: () => isoDate(epoch, zone),
    date: () => mediumDate(epoch, zone, locale),
    date_short: () => shortDate(epoch, zone, locale),
    date_long: () => longDate(epoch, zone, locale),
    date_pretty: () => near ?? mediumDate(epoch, zone, locale),
    date_short_pretty: () => near ?? shortDate(epoch, zone, locale),
    date_long_pretty: () => near ?? longDate(epoch, zone, locale),
    day_divider_pretty: () => near ?? longDate(epoch, zone, locale),
    time: () => clockTime(epoch, zone, locale),
    time_secs: () => shown(epoch, zone, locale, { hour: "2-digit", minute: "2-digit", second: "2-digit" }),
    ago: () => ago(epoch, now, locale),
  };
  return format.replace(/\{(\w+)\}/g, (whole, name) => (forms[name] ? forms[name]() : whole));
}
