// Builds DOM nodes. The only way this page makes elements: data always becomes text nodes or attributes, never markup.

const SVG = "http://www.w3.org/2000/svg";

/** el("button", {class: "x", on: {click: f}, "aria-label": "…"}, child, "text", null) */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  apply(node, props);
  append(node, children);
  return node;
}

function apply(node, props) {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else if (name === "class") node.className = value;
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name === "css") for (const [key, given] of Object.entries(value)) node.style.setProperty(key, given);
    else if (name === "value" || name === "checked" || name === "disabled") node[name] = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
}

export function append(node, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

export function fill(node, ...children) {
  node.replaceChildren();
  return append(node, children);
}

const drawnFrom = new WeakMap();
const nameOfControl = (node) => node.getAttribute("href") ?? node.getAttribute("aria-label") ?? node.textContent;

/** Fills `place` only when what it is drawn from has changed; the focus stays on the control of the same name. */
export function redraw(place, from, make) {
  const key = JSON.stringify(from);
  if (drawnFrom.get(place) === key) return;
  drawnFrom.set(place, key);
  const held = place.contains(document.activeElement) ? nameOfControl(document.activeElement) : null;
  fill(place, make());
  if (held === null) return;
  [...place.querySelectorAll("a, button")].find((node) => nameOfControl(node) === held)?.focus();
}

let count = 0;
/** A fresh id for labels and descriptions. */
export function freshId(prefix) {
  count += 1;
  return `${prefix}-${count}`;
}

/** Links: only whole web, mail and telephone addresses are followed, everything else stays text. */
export function safeUrl(url) {
  return /^(?:https?:\/\/|mailto:|tel:)\S/i.test(url) && URL.canParse(url) ? new URL(url).href : null;
}

export function link(url, ...children) {
  const href = safeUrl(url);
  if (!href) return el("span", {}, ...children);
  return el("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

const PATHS = {
  menu: "M4 7h16M4 12h16M4 17h16",
  close: "M6 6l12 12M18 6L6 18",
  back: "M15 5l-7 7 7 7",
  down: "M6 9l6 6 6-6",
  hash: "M9 4L7 20M17 4l-2 16M4 9h16M4 15h16",
  lock: "M7 11V8a5 5 0 0 1 10 0v3M6 11h12v9H6z",
  clip: "M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 4.8 4.8L9.5 17a1.7 1.7 0 0 1-2.4-2.4L14.5 7.2",
  send: "M4 12l16-8-5 16-3.5-6.5L4 12z",
  clock: "M12 7v5l3.5 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
  sun: "M3 18h18M6.5 18a5.5 5.5 0 0 1 11 0M12 4v4M4.5 9.5l2.2 2M19.5 9.5l-2.2 2",
  calendar: "M5 6h14v14H5zM5 10h14M9 3v5M15 3v5",
  compass: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM15.5 8.5l-2 5-5 2 2-5z",
  traffic: "M4 8h13l-3-3M20 16H7l3 3",
  thread: "M4 5h16v11H11l-4 4v-4H4z",
  home: "M4 11l8-7 8 7v9h-5.5v-6h-5v6H4z",
  more: "M5 11h1.2v1.2H5zM11.4 11h1.2v1.2h-1.2zM17.8 11h1.2v1.2h-1.2z",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  download: "M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14",
  pencil: "M5 19l1-4L16.5 4.5l3 3L9 18z",
  bin: "M5 7h14M10 4h4M7 7l1 13h8l1-13",
  plus: "M12 5v14M5 12h14",
  swap: "M7 4L4 7l3 3M4 7h13M17 14l3 3-3 3M20 17H7",
  warn: "M12 4l9 16H3zM12 10v4.5M12 17.5h.01",
  check: "M5 12.5l4.5 4.5L19 7.5",
};

export function icon(name, extra = "") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  svg.setAttribute("class", `icon ${extra}`.trim());
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** A round button that shows an icon only; the label is read aloud and shown as a tooltip. */
export function iconButton(name, label, onClick, props = {}) {
  const { class: extra = "", ...rest } = props;
  return el(
    "button",
    {
      type: "button",
      class: `icon-button ${extra}`.trim(),
      "aria-label": label,
      title: label,
      on: { click: onClick },
      ...rest,
    },
    icon(name),
  );
}
