// The page's own words in the chosen person's language: Danish in the code, English in a list beside it.
import { ENGLISH } from "./english.js";

let language = "da";

/** "da" or "en"; what is drawn already stays as it is, so whoever changes it loads the page again. */
export function speak(wanted) {
  language = wanted === "en" ? "en" : "da";
  document.documentElement.lang = language;
}

export function spoken() {
  return language;
}

/** t("Fjern {name}", {name: "tal.csv"}) in the language of the page. */
export function t(danish, places = {}) {
  const said = language === "en" ? (ENGLISH[danish] ?? danish) : danish;
  return said.replace(/\{(\w+)\}/g, (whole, name) => (name in places ? String(places[name]) : whole));
}
