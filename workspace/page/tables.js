// The table and data_table blocks.
import { el } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";
import { richCell } from "./richtext.js";
import { t } from "./words.js";

function cellWords(cell) {
  if (cell === null || cell === undefined) return "";
  if (typeof cell !== "object") return String(cell);
  if (cell.type === "rich_text") return richCell(cell);
  if (cell.type === "mrkdwn") return mrkdwn(cell.text);
  if (cell.type === "raw_number") return (cell.value ?? Number(cell.text)).toLocaleString("da-DK");
  return withEmoji(cell.text ?? String(cell.value ?? ""));
}

function frame(caption, head, rows) {
  return el(
    "div",
    { class: "table-scroll", tabindex: "0", role: "group", "aria-label": caption || t("Tabel") },
    el("table", {}, caption ? el("caption", {}, caption) : null, el("thead", {}, head), el("tbody", {}, rows)),
  );
}

/** The first row is the head, as Slack shows it. */
export function table(block) {
  const sides = block.column_settings ?? [];
  const row = (tag) => (cells) =>
    el(
      "tr",
      {},
      cells.map((cell, at) =>
        el(
          tag,
          {
            scope: tag === "th" && "col",
            class: `side-${sides[at]?.align ?? "left"}${sides[at]?.is_wrapped === false ? " keep" : ""}`,
          },
          cellWords(cell),
        ),
      ),
    );
  const [head, ...rows] = block.rows;
  return frame("", row("th")(head), rows.map(row("td")));
}

export function dataTable(block) {
  const row = (tag) => (cells) =>
    el(
      "tr",
      {},
      cells.map((cell) =>
        el(
          tag,
          { scope: tag === "th" && "col", class: cell?.type === "raw_number" ? "side-right" : "side-left" },
          cellWords(cell),
        ),
      ),
    );
  const [head, ...rows] = block.rows;
  return frame(block.caption ?? "", row("th")(head), rows.map(row("td")));
}
