// The rich_text block: sections, lists, quotes and preformatted text with styled runs.
import { el, link } from "./dom.js";
import { dateToken } from "./dates.js";
import { mention, channelMention, emojiNode } from "./mrkdwn.js";
import { store } from "./store.js";

const LEAVES = {
  text: (leaf) => leaf.text,
  link: (leaf) => link(leaf.url, leaf.text || leaf.url),
  user: (leaf) => mention(leaf.user_id),
  channel: (leaf) => channelMention(leaf.channel_id),
  emoji: (leaf) => emojiNode(leaf.name),
  broadcast: (leaf) => el("span", { class: "mention" }, `@${leaf.range}`),
  usergroup: (leaf) => el("span", { class: "mention" }, `@${leaf.usergroup_id}`),
  color: (leaf) => leaf.value,
  date: (leaf) => dateToken(leaf.timestamp, leaf.format ?? "{date_long} {time}", store.dateContext()),
};

const STYLES = { code: "code", strike: "s", italic: "em", bold: "strong", underline: "u" };

function leafNode(leaf) {
  let node = LEAVES[leaf.type] ? LEAVES[leaf.type](leaf) : (leaf.text ?? "");
  for (const [style, tag] of Object.entries(STYLES)) if (leaf.style?.[style]) node = el(tag, {}, node);
  return node;
}

/** Runs with their line breaks kept. */
function leaves(elements) {
  return elements.flatMap((leaf) => {
    if (leaf.type !== "text" || !leaf.text.includes("\n")) return [leafNode(leaf)];
    return leaf.text.split("\n").flatMap((line, at) => {
      const piece = leafNode({ ...leaf, text: line });
      return at ? [el("br"), piece] : [piece];
    });
  });
}

const PARTS = {
  rich_text_section: (part) => el("p", {}, ...leaves(part.elements)),
  rich_text_quote: (part) => el("blockquote", {}, ...leaves(part.elements)),
  rich_text_preformatted: (part) => el("pre", { tabindex: "0" }, el("code", {}, ...leaves(part.elements))),
  rich_text_list: (part) =>
    el(
      part.style === "ordered" ? "ol" : "ul",
      { class: `indent-${part.indent ?? 0}`, start: part.offset ? part.offset + 1 : null },
      ...part.elements.map((item) => el("li", {}, ...leaves(item.elements))),
    ),
};

export function richText(block) {
  return block.elements.filter((part) => PARTS[part.type]).map((part) => PARTS[part.type](part));
}

/** A rich text cell of a table. */
export function richCell(cell) {
  return cell.elements.flatMap((part) => leaves(part.elements ?? []));
}
