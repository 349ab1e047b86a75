// Every Block Kit block to nodes. An unknown block is shown as such, so that a mistake is seen and not hidden.
import { el, fill, freshId, icon } from "./dom.js";
import { fileUrl } from "./api.js";
import { chart } from "./charts.js";
import { control } from "./elements.js";
import { withEmoji } from "./emoji.js";
import { picture } from "./files.js";
import { markdown } from "./markdown.js";
import { mrkdwn } from "./mrkdwn.js";
import { richText } from "./richtext.js";
import { store } from "./store.js";
import { dataTable, table } from "./tables.js";
import { t } from "./words.js";

export function text(object) {
  if (!object) return [];
  return object.type === "mrkdwn"
    ? mrkdwn(object.text)
    : withEmoji(object.text)
        .split("\n")
        .flatMap((line, at) => (at ? [el("br"), line] : [line]));
}

function imageSource(holder) {
  if (holder.slack_file) {
    const id = holder.slack_file.id ?? /files-pri\/\w+-(\w+)\//.exec(holder.slack_file.url ?? "")?.[1];
    return fileUrl(id, store.as);
  }
  return holder.image_url;
}

function section(block, context) {
  const words = block.text ? el("div", { class: "words", id: freshId("section") }, text(block.text)) : null;
  const fields = block.fields
    ? el(
        "div",
        { class: "fields" },
        block.fields.map((field) => el("div", {}, text(field))),
      )
    : null;
  const node = el("div", { class: "block section" }, el("div", { class: "section-main" }, words, fields));
  if (block.accessory) node.append(el("div", { class: "accessory" }, accessory(block, context, words)));
  return node;
}

function accessory(block, context, words) {
  const { accessory: element } = block;
  if (element.type === "image") return el("img", { class: "thumb", src: imageSource(element), alt: element.alt_text });
  const naming = element.type === "button" ? { describedBy: words?.id } : { labelledBy: words?.id };
  return control(block, element, context, naming, true).node;
}

function actions(block, context) {
  const made = block.elements.map(
    (element) => control(block, element, context, { label: element.placeholder?.text }, true).node,
  );
  return el("div", { class: "block actions", role: "group", "aria-label": t("Handlinger") }, made);
}

function contextBlock(block) {
  const parts = block.elements.map((element) =>
    element.type === "image"
      ? el("img", { class: "context-image", src: imageSource(element), alt: element.alt_text })
      : el("div", {}, text(element)),
  );
  return el("div", { class: "block context" }, parts);
}

function image(block) {
  const title = block.title ? withEmoji(block.title.text) : null;
  return el(
    "figure",
    { class: "block image" },
    title ? el("figcaption", {}, title) : null,
    picture(imageSource(block), block.alt_text, title),
  );
}

/** A labelled field of a form; what is wrong with it is told at the field itself. */
function input(block, context) {
  const [labelId, hintId, errorId] = [freshId("label"), freshId("hint"), freshId("error")];
  const { element } = block;
  const error = context.errorOf?.(block);
  const described = [block.hint ? hintId : "", errorId].filter(Boolean).join(" ");
  const made = control(
    block,
    element,
    context,
    { labelledBy: labelId, describedBy: described, label: withEmoji(block.label.text) },
    Boolean(block.dispatch_action),
  );
  const label = el(
    "label",
    { id: labelId, class: "input-label" },
    withEmoji(block.label.text),
    block.optional ? el("span", { class: "optional" }, ` ${t("(valgfrit)")}`) : null,
  );
  if (made.input && !["checkboxes", "radio_buttons", "datetimepicker"].includes(element.type)) {
    made.input.id = freshId("field");
    label.htmlFor = made.input.id;
    if (!block.optional) made.input.setAttribute("aria-required", "true");
  }
  const wrong = el("p", { id: errorId, class: "field-error", hidden: !error });
  const node = el(
    "div",
    { class: "block input", data: { block: block.block_id ?? "" } },
    label,
    made.node,
    block.hint ? el("p", { id: hintId, class: "hint" }, withEmoji(block.hint.text)) : null,
    wrong,
  );
  showError(node, error);
  return node;
}

/** Shows or clears the complaint at one field. */
export function showError(node, message) {
  const place = node.querySelector(".field-error");
  place.hidden = !message;
  fill(place, message ? [icon("warn"), " ", message] : []);
  node.classList.toggle("wrong", Boolean(message));
  node
    .querySelectorAll("input, textarea")
    .forEach((field) => field.setAttribute("aria-invalid", String(Boolean(message))));
}

const BLOCKS = {
  section,
  actions,
  context: contextBlock,
  image,
  input,
  header: (block) => el("h2", { class: "block header" }, withEmoji(block.text.text)),
  divider: () => el("hr", { class: "block divider" }),
  rich_text: (block) => el("div", { class: "block words" }, richText(block)),
  markdown: (block) => el("div", { class: "block words markdown" }, markdown(block.text)),
  table: (block) => el("div", { class: "block" }, table(block)),
  data_visualization: chart,
  data_table: (block) => el("div", { class: "block" }, dataTable(block)),
  file: (block) => el("div", { class: "block context" }, `Fil ${block.external_id}`),
};

export function blockNode(block, context) {
  const make = BLOCKS[block.type];
  return make ? make(block, context) : el("p", { class: "block unknown" }, t("Ukendt blok: {type}", { type: block.type }));
}

export function blockNodes(blocks, context) {
  return blocks.map((block) => blockNode(block, context));
}
