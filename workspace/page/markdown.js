// The markdown block: standard Markdown (headings, emphasis, lists, quotes, code, links, tables, rules) to nodes.
import { el, link } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { t } from "./words.js";

const INLINE =
  /`([^`]+)`|!?\[([^\]]*)\]\(([^\s)]+)\)|\*\*(?=\S)(.+?)\*\*|__(?=\S)(.+?)__|\*(?=\S)(.+?)\*|(?<![\p{L}\p{N}])_(?=\S)(.+?)_(?![\p{L}\p{N}])|~~(.+?)~~|<(https?:[^>]+)>|\\([\\`*_~[\]#>|-])/gu;

function inline(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, code, label, url, strong, strongToo, em, emToo, strike, bare, escaped] = match;
    nodes.push(withEmoji(text.slice(from, match.index)));
    from = match.index + whole.length;
    if (code !== undefined) nodes.push(el("code", {}, code));
    else if (url !== undefined) nodes.push(link(url, ...inline(label || url)));
    else if (strong ?? strongToo) nodes.push(el("strong", {}, ...inline(strong ?? strongToo)));
    else if (em ?? emToo) nodes.push(el("em", {}, ...inline(em ?? emToo)));
    else if (strike) nodes.push(el("s", {}, ...inline(strike)));
    else if (bare) nodes.push(link(bare, bare));
    else nodes.push(escaped);
  }
  nodes.push(withEmoji(text.slice(from)));
  return nodes;
}

const cells = (row) =>
  row
    .trim()
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));

function table(lines) {
  const sides = cells(lines[1]).map((rule) => (/^:-+:$/.test(rule) ? "center" : /-:$/.test(rule) ? "right" : "left"));
  const row = (tag) => (line) =>
    el(
      "tr",
      {},
      ...cells(line).map((cell, at) =>
        el(tag, { class: `side-${sides[at] ?? "left"}`, scope: tag === "th" && "col" }, ...inline(cell)),
      ),
    );
  const body = lines.slice(2).map(row("td"));
  return el(
    "div",
    { class: "table-scroll", tabindex: "0", role: "group", "aria-label": t("Tabel") },
    el("table", {}, el("thead", {}, row("th")(lines[0])), el("tbody", {}, ...body)),
  );
}

const ITEM = /^(\s*)(?:([-*+])|(\d+)[.)])\s+(.*)$/;

function list(lines) {
  const first = ITEM.exec(lines[0]);
  const node = el(first[2] ? "ul" : "ol", first[3] ? { start: first[3] } : {});
  const depth = first[1].length;
  for (let at = 0; at < lines.length;) {
    const [, , , , text] = ITEM.exec(lines[at]);
    let next = at + 1;
    while (next < lines.length && ITEM.exec(lines[next])[1].length > depth) next += 1;
    const box = /^\[([ xX])\]\s+(.*)$/.exec(text);
    const said = box ? [box[1] === " " ? "☐ " : "☑ ", ...inline(box[2])] : inline(text);
    node.append(el("li", {}, ...said, next > at + 1 ? list(lines.slice(at + 1, next)) : null));
    at = next;
  }
  return node;
}

/** Takes the lines that belong together from the top; returns [node, number of lines]. */
function take(lines) {
  const [line] = lines;
  const run = (test) => {
    const end = lines.findIndex((one) => !test(one));
    return lines.slice(0, end < 0 ? lines.length : end);
  };
  const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
  if (heading) return [el(`h${Math.min(heading[1].length + 1, 6)}`, {}, ...inline(heading[2])), 1];
  if (/^\s*(?:-{3,}|\*{3,}|_{3,})\s*$/.test(line)) return [el("hr"), 1];
  if (line.startsWith("```")) {
    const end = lines.indexOf("```", 1);
    const last = end < 0 ? lines.length : end;
    return [el("pre", { tabindex: "0" }, el("code", {}, lines.slice(1, last).join("\n"))), last + 1];
  }
  if (line.startsWith(">")) {
    const quoted = run((one) => one.startsWith(">"));
    return [el("blockquote", {}, ...markdown(quoted.map((one) => one.replace(/^>\s?/, "")).join("\n"))), quoted.length];
  }
  if (line.includes("|") && /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(lines[1] ?? "")) {
    const rows = run((one) => one.includes("|"));
    return [table(rows), rows.length];
  }
  if (ITEM.test(line)) {
    const items = run((one) => ITEM.test(one));
    return [list(items), items.length];
  }
  const words = [line, ...lines.slice(1, lines.findIndex((one, at) => at > 0 && startsNew(one)) >>> 0)];
  return [el("p", {}, ...words.flatMap((one, at) => (at ? [el("br"), ...inline(one)] : inline(one)))), words.length];
}

function startsNew(line) {
  return !line.trim() || /^(?:#{1,6}\s|```|>)/.test(line) || ITEM.test(line);
}

export function markdown(text) {
  const nodes = [];
  let lines = text.split("\n");
  while (lines.length) {
    if (!lines[0].trim()) lines = lines.slice(1);
    else {
      const [node, used] = take(lines);
      nodes.push(node);
      lines = lines.slice(used);
    }
  }
  return nodes;
}
