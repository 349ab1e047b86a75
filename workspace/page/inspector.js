// The traffic between the app and the workspace: method, status, time, and what was asked and answered.
import { el, fill, iconButton } from "./dom.js";
import { get } from "./api.js";
import { announce } from "./store.js";
import { t } from "./words.js";

const MOST = 400;

/** Returns {toggle, refresh, isOpen}. */
export function inspector(place) {
  let after = 0;
  let rows = [];
  let running = false;
  let again = false;
  const search = el("input", {
    type: "search",
    class: "field",
    placeholder: t("Søg, fx chat.postMessage"),
    "aria-label": t("Søg i trafikken"),
    on: { input: draw },
  });
  const onlyBad = el("input", { type: "checkbox", on: { change: draw } });
  const list = el("ol", { class: "traffic", "aria-label": t("Kald, nyeste først") });
  const count = el("span", { class: "hint", role: "status" });
  const drawn = new Map();
  fill(
    place,
    el(
      "header",
      { class: "room-head" },
      el("h2", { class: "room-title" }, t("Trafik")),
      count,
      iconButton("bin", t("Ryd listen"), clear),
      iconButton("close", t("Luk trafikken"), toggle),
    ),
    el(
      "div",
      { class: "traffic-tools" },
      search,
      el("label", { class: "choice" }, onlyBad, el("span", {}, t("Kun fejl"))),
    ),
    list,
  );
  place.addEventListener("keydown", (event) => {
    if (event.key === "Escape") toggle();
  });

  function clear() {
    rows = [];
    drawn.clear();
    draw();
  }

  async function refresh() {
    if (place.hidden) return;
    again = running;
    if (running) return;
    running = true;
    do {
      again = false;
      const answer = await get("traffic", { after });
      const fresh = answer.traffic ?? [];
      after = fresh.reduce((most, one) => Math.max(most, one.seq), after);
      rows = [...fresh.toReversed(), ...rows].slice(0, MOST);
    } while (again);
    running = false;
    draw();
  }

  function wanted(call) {
    if (onlyBad.checked && isGood(call)) return false;
    const query = search.value.toLowerCase();
    return (
      !query ||
      `${call.method} ${call.kind} ${call.error ?? ""} ${JSON.stringify(call.request)}`.toLowerCase().includes(query)
    );
  }

  function draw() {
    const shown = rows.filter(wanted);
    fill(count, `${shown.length} kald`);
    list.replaceChildren(
      ...shown.map((call) => {
        if (!drawn.has(call.seq)) drawn.set(call.seq, callNode(call));
        return drawn.get(call.seq);
      }),
    );
  }

  function toggle() {
    place.hidden = !place.hidden;
    announce("layout");
    if (!place.hidden) {
      void refresh();
      search.focus();
    }
  }

  return { toggle, refresh, isOpen: () => !place.hidden };
}

function isGood(call) {
  return call.ok !== false && !(call.status >= 400);
}

const KINDS = { api: "API", socket: "Socket", http: "HTTP", upload: "Upload", download: "Download" };

function callNode(call) {
  const good = isGood(call);
  const direction = call.direction === "in" ? t("fra appen") : t("til appen");
  const outcome = call.error || String(call.status ?? (good ? "ok" : t("fejl")));
  const summary = el(
    "summary",
    {},
    el(
      "span",
      { class: `arrow arrow-${call.direction}`, role: "img", "aria-label": direction, title: direction },
      call.direction === "in" ? "→" : "←",
    ),
    el("span", { class: "call-name" }, call.method),
    el("span", { class: "tag" }, KINDS[call.kind] ?? call.kind),
    el("span", { class: good ? "outcome good" : "outcome bad" }, outcome),
    el("span", { class: "call-ms" }, `${Math.round(call.ms ?? 0)} ms`),
  );
  const details = el("details", { class: "call" }, summary);
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1)
      details.append(
        el("p", { class: "hint" }, t("Nr. {seq} · {at}", { seq: call.seq, at: call.at })),
        part(t("Forespørgsel"), call.request),
        part(t("Svar"), call.response),
      );
  });
  return el("li", {}, details);
}

function part(title, content) {
  const words =
    content === null || content === undefined
      ? "(tomt)"
      : typeof content === "string"
        ? pretty(content)
        : JSON.stringify(content, null, 2);
  return el(
    "div",
    {},
    el("h3", {}, title),
    el("pre", { tabindex: "0", role: "group", "aria-label": title }, el("code", {}, words)),
  );
}

function pretty(words) {
  try {
    return JSON.stringify(JSON.parse(words), null, 2);
  } catch {
    return words;
  }
}
