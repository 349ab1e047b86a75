// Slack's mrkdwn to nodes: *bold* _italic_ ~strike~ `code`, ``` blocks, > quotes, bullets, <links>, mentions, dates, emoji.
import { el, link, safeUrl } from "./dom.js";
import { dateToken } from "./dates.js";
import { emoji, isEmoji } from "./emoji.js";
import { store, nameOf, channelName } from "./store.js";

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };

export function unescape(text) {
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity]);
}

/** What a person once typed, without the marks put around links. */
export function typedText(text) {
  return unescape(text.replace(/<(?:mailto:)?([^<>|@#!][^<>|]*)(?:\|[^<>]*)?>/g, "$1"));
}

/** Everything between angle brackets. */
function bracket(inside) {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? null : unescape(inside.slice(bar + 1));
  if (target.startsWith("@")) return mention(target.slice(1), label);
  if (target.startsWith("#")) return channelMention(target.slice(1), label);
  if (target.startsWith("!date^")) return dateMark(target, label);
  if (target.startsWith("!")) return el("span", { class: "mention" }, `@${label ?? broadcast(target.slice(1))}`);
  const url = unescape(target);
  return safeUrl(url) ? link(url, label ?? url.replace(/^(?:mailto|tel):/, "")) : (label ?? `<${url}>`);
}

function broadcast(word) {
  return { here: "her", channel: "kanal", everyone: "alle" }[word.split("^")[0]] ?? word;
}

export function mention(id, label) {
  const own = id === store.as ? " mention-me" : "";
  return el("span", { class: `mention${own}` }, `@${nameOf(id, label)}`);
}

export function channelMention(id, label) {
  const name = `#${channelName(id, label)}`;
  if (!store.channels.some((channel) => channel.id === id)) return el("span", { class: "mention" }, name);
  return el("a", { class: "mention", href: `#/${store.as}/${id}` }, name);
}

/** `!date^1778164200^{date_long} {time}^link` in the person's own zone; the fallback where it cannot be read. */
function dateMark(target, label) {
  const [, epoch, format, url] = target.split("^");
  if (!/^\d+$/.test(epoch ?? "") || !format) return label ?? "";
  const text = dateToken(Number(epoch), unescape(format), store.dateContext());
  const time = el("time", { datetime: new Date(Number(epoch) * 1000).toISOString(), title: label ?? "" }, text);
  return url ? link(unescape(url), time) : time;
}

const STYLES = { "*": "strong", _: "em", "~": "s" };
const INLINE = /`([^`\n]+)`|<([^<>\n]+)>|:([a-z0-9_+-]+):|([*_~])/g;

/** One line of text to a list of nodes. */
export function inline(text) {
  const nodes = [];
  let from = 0;
  INLINE.lastIndex = 0;
  for (let match = INLINE.exec(text); match; match = INLINE.exec(text)) {
    const made = inlineMatch(text, match);
    if (!made) {
      INLINE.lastIndex = match.index + 1;
      continue;
    }
    const resume = match.index + made.length;
    nodes.push(unescape(text.slice(from, match.index)), made.node);
    from = resume;
    INLINE.lastIndex = resume;
  }
  nodes.push(unescape(text.slice(from)));
  return nodes.filter((node) => node !== "");
}

function inlineMatch(text, match) {
  const [whole, code, inside, name, style] = match;
  if (code !== undefined) return { node: el("code", {}, unescape(code)), length: whole.length };
  if (inside !== undefined) return { node: bracket(inside), length: whole.length };
  if (name !== undefined) return isEmoji(name) ? { node: emojiNode(name), length: whole.length } : null;
  return styled(text, match.index, style);
}

export function emojiNode(name) {
  return el("span", { class: "emoji", role: "img", "aria-label": name.replaceAll("_", " ") }, emoji(name));
}

/** A styled run opens at a word's edge and closes at a word's edge on the same line. */
function styled(text, start, mark) {
  const before = text[start - 1] ?? " ";
  if (/[\p{L}\p{N}]/u.test(before) || before === mark) return null;
  if (/\s/.test(text[start + 1] ?? " ") || text[start + 1] === mark) return null;
  for (let end = text.indexOf(mark, start + 2); end > 0; end = text.indexOf(mark, end + 1)) {
    const after = text[end + 1] ?? " ";
    if (/\s/.test(text[end - 1]) || /[\p{L}\p{N}]/u.test(after) || after === mark) continue;
    const within = text.slice(start + 1, end);
    if (within.includes("`") && (within.split("`").length - 1) % 2) continue;
    return { node: el(STYLES[mark], {}, ...inline(within)), length: end - start + 1 };
  }
  return null;
}

const QUOTE = /^(?:>|&gt;)\s?/;
const BULLET = /^(\s*)[•◦▪‣]\s*/;

function kindOf(line) {
  if (QUOTE.test(line)) return "quote";
  if (BULLET.test(line)) return "bullet";
  return line.trim() === "" ? "gap" : "line";
}

const WRAP = {
  quote: (lines) => el("blockquote", {}, ...paragraph(lines.map((line) => line.replace(QUOTE, "")))),
  bullet: (lines) => el("ul", {}, ...lines.map((line) => el("li", {}, ...inline(line.replace(BULLET, ""))))),
  gap: () => el("div", { class: "gap" }),
  line: (lines) => el("p", {}, ...paragraph(lines)),
};

function paragraph(lines) {
  return lines.flatMap((line, at) => (at ? [el("br"), ...inline(line)] : inline(line)));
}

/** A whole mrkdwn text to nodes. */
export function mrkdwn(text) {
  const nodes = [];
  text.split(/```\n?([\s\S]*?)\n?```\n?/).forEach((piece, at) => {
    if (at % 2) nodes.push(el("pre", { tabindex: "0" }, el("code", {}, unescape(piece))));
    else if (piece) nodes.push(...lineBlocks(piece));
  });
  return nodes;
}

function lineBlocks(text) {
  const groups = [];
  for (const line of text.replace(/\n$/, "").split("\n")) {
    const kind = kindOf(line);
    const last = groups.at(-1);
    if (last && last.kind === kind) last.lines.push(line);
    else groups.push({ kind, lines: [line] });
  }
  return groups.map(({ kind, lines }) => WRAP[kind](lines));
}
