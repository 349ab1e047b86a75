// Files in a conversation: pictures as previews that open large, other files as cards with a download link.
import { el, icon, iconButton } from "./dom.js";
import { fileUrl } from "./api.js";
import { openDialog } from "./dialogs.js";
import { store } from "./store.js";
import { t } from "./words.js";

export function readableSize(bytes) {
  if (!bytes && bytes !== 0) return "";
  const number = (value) => value.toLocaleString("da-DK", { maximumFractionDigits: 1 });
  if (bytes < 1024) return `${number(bytes)} byte`;
  if (bytes < 1024 * 1024) return `${number(bytes / 1024)} kB`;
  return `${number(bytes / 1024 / 1024)} MB`;
}

const isPicture = (file) => /^image\/(png|jpeg|gif|webp)$/.test(file.mimetype ?? "");

/** A picture that can be opened large; `alt` is what a screen reader says. */
export function picture(src, alt, title) {
  const image = el("img", { src, alt, loading: "lazy", class: "picture" });
  image.addEventListener("error", () => {
    frame.replaceWith(
      el("p", { class: "broken", role: "img", "aria-label": alt }, icon("warn"), t(" Billedet kan ikke vises: {alt}", { alt })),
    );
  });
  const frame = el(
    "button",
    {
      type: "button",
      class: "picture-frame",
      "aria-label": t("Vis stort billede: {alt}", { alt }),
      on: { click: () => openLarge(src, alt, title) },
    },
    image,
  );
  return frame;
}

function openLarge(src, alt, title) {
  openDialog({
    title: title || t("Billede"),
    className: "large-picture",
    body: [
      el(
        "div",
        { class: "large-frame", tabindex: "0", role: "group", "aria-label": t("Billedet i fuld størrelse") },
        el("img", { src, alt }),
      ),
      el("p", { class: "hint" }, alt),
    ],
    actions: [el("a", { class: "button", href: src, download: title || t("billede.png") }, icon("download"), t(" Hent"))],
  });
}

export function fileCards(files, { onDelete } = {}) {
  return el(
    "ul",
    { class: "files", "aria-label": t("Filer") },
    files.map((file) => el("li", {}, fileCard(file, onDelete))),
  );
}

function fileCard(file, onDelete) {
  const href = fileUrl(file.id, store.as);
  if (file.deleted) return el("div", { class: "file-card" }, icon("file"), el("em", {}, t("Filen er slettet")));
  const get = el(
    "a",
    { class: "icon-button", href, download: file.name, "aria-label": t("Hent {name}", { name: file.name }), title: t("Hent") },
    icon("download"),
  );
  const remove = onDelete ? iconButton("bin", t("Slet filen {name}", { name: file.name }), () => onDelete(file)) : null;
  const words = el(
    "span",
    { class: "file-words" },
    el("strong", {}, file.title || file.name),
    el("span", { class: "hint" }, [kindOf(file), readableSize(file.size)].filter(Boolean).join(" · ")),
  );
  const head = el(
    "div",
    { class: "file-card" },
    el("span", { class: `file-kind kind-${endOf(file)}`, "aria-hidden": "true" }, endOf(file).slice(0, 4) || t("fil")),
    words,
    get,
    remove,
  );
  if (!isPicture(file)) return head;
  return el("div", { class: "file-picture" }, head, picture(href, file.alt || file.title || file.name, file.name));
}

function endOf(file) {
  const dot = file.name.lastIndexOf(".");
  return dot < 0
    ? ""
    : file.name
        .slice(dot + 1)
        .toLowerCase()
        .replace(/[^a-z0-9]/g, "");
}

const KINDS = {
  xlsx: "Excel-regneark",
  xls: "Excel-regneark",
  csv: "CSV-fil",
  png: "Billede",
  jpg: "Billede",
  pdf: "PDF",
  ics: "Kalenderaftale",
  txt: "Tekst",
  docx: "Word-dokument",
  pptx: "PowerPoint-præsentation",
  ods: "Regneark",
  toml: "Tekst",
};

function kindOf(file) {
  return t(KINDS[endOf(file)] ?? (endOf(file).toUpperCase() || "Fil"));
}
