// The app's modals: the top view of the stack in a native <dialog>, with complaints shown at their fields.
import { el, fill, freshId, icon, iconButton } from "./dom.js";
import { post } from "./api.js";
import { blockNodes, showError } from "./blocks.js";
import { attempt, failureText } from "./dialogs.js";
import { withEmoji } from "./emoji.js";
import { forget, valuesToSend, viewContext } from "./forms.js";
import { avatar } from "./people.js";
import { bots, refreshState, store } from "./store.js";
import { t } from "./words.js";

/** The workspace's own complaints in Danish; the app's come as written. */
const COMPLAINTS = [
  [/^required$/, () => t("Udfyld dette felt.")],
  [/^must be at most (\S+) characters$/, (most) => t("Skriv højst {most} tegn.", { most })],
  [/^must be at least (\S+) characters$/, (least) => t("Skriv mindst {least} tegn.", { least })],
  [/^must be an email address$/, () => t("Skriv en e-mailadresse.")],
  [/^must be a URL$/, () => t("Skriv en webadresse, fx https://…")],
  [/^must be a number$/, () => t("Skriv et tal.")],
  [/^must be a whole number$/, () => t("Skriv et helt tal.")],
  [/^must be at least (\S+)$/, (least) => t("Tallet skal være mindst {least}.", { least })],
  [/^must be at most (\S+)$/, (most) => t("Tallet må højst være {most}.", { most })],
  [/^at most (\S+) files$/, (most) => t("Vælg højst {most} filer.", { most })],
  [/^choose at most (\S+)$/, (most) => t("Vælg højst {most}.", { most })],
];

let dialog = null;
let shown = null;
let before = null;

function say(message) {
  for (const [pattern, words] of COMPLAINTS) {
    const match = pattern.exec(message);
    if (match) return words(...match.slice(1));
  }
  return message;
}

/** Brings the dialog in step with the stack; called after every fetch. */
export function drawModal() {
  const views = store.views;
  forget([...views.map((one) => one.id), store.home?.id]);
  const top = views.at(-1);
  if (!top) {
    closeDialog();
    return;
  }
  if (shown && shown.id === top.id && shown.hash === top.hash && shown.depth === views.length) return;
  const same = shown?.id === top.id;
  shown = { id: top.id, hash: top.hash, depth: views.length };
  openDialogOnce();
  draw(top, views.length, same);
}

function openDialogOnce() {
  if (dialog) return;
  before = document.activeElement;
  dialog = el("dialog", { class: "dialog modal" });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    void close();
  });
  document.body.append(dialog);
  dialog.showModal();
}

function closeDialog() {
  if (!dialog) return;
  dialog.close();
  dialog.remove();
  dialog = null;
  shown = null;
  if (before?.isConnected) before.focus();
}

function draw({ id, view }, depth, same) {
  const focused = same ? focusMark() : null;
  const scroll = same ? dialog.querySelector(".dialog-body")?.scrollTop : 0;
  const titleId = freshId("modal");
  const body = el("div", { class: "dialog-body" });
  const context = viewContext(id, { onChange: (block) => clearError(body, block.block_id) });
  append(body, view, context);
  // Words alone are scrolled by the arrows once they can be reached.
  if (!body.querySelector("a, button, input, select, textarea")) body.tabIndex = 0;
  const back = depth > 1 ? iconButton("back", t("Tilbage"), close) : avatar(bots()[0], "small");
  const form = el(
    "form",
    { class: "modal-form", novalidate: true, on: { submit: (event) => submit(event, id, view, body) } },
    el(
      "header",
      { class: "dialog-head" },
      back,
      el("h2", { id: titleId }, withEmoji(view.title?.text ?? "")),
      iconButton("close", t("Luk vinduet"), closeAll),
    ),
    body,
    el(
      "footer",
      { class: "dialog-foot" },
      el("p", { class: "modal-status", role: "status" }),
      el(
        "button",
        { type: "button", class: "button", on: { click: close } },
        view.close ? withEmoji(view.close.text) : t("Luk"),
      ),
      view.submit
        ? el("button", { type: "submit", class: "button button-primary" }, withEmoji(view.submit.text))
        : null,
    ),
  );
  dialog.setAttribute("aria-labelledby", titleId);
  fill(dialog, form);
  body.scrollTop = scroll ?? 0;
  focusFirst(body, focused);
}

function append(body, view, context) {
  fill(body, blockNodes(view.blocks ?? [], context));
}

function focusMark() {
  const at = document.activeElement;
  return at?.dataset.action ? { action: at.dataset.action, start: at.selectionStart, end: at.selectionEnd } : null;
}

/** The field that had the focus before a redraw, the one the app asked for, or the first. */
function focusFirst(body, mark) {
  const held = mark && body.querySelector(`[data-action="${CSS.escape(mark.action)}"]`);
  if (held) {
    held.focus();
    if (
      typeof mark.start === "number" &&
      held.setSelectionRange &&
      /^(text|url|)$/.test(held.type === "textarea" ? "" : held.type)
    )
      held.setSelectionRange(mark.start, mark.end);
    return;
  }
  const first =
    body.querySelector("[autofocus]") ??
    body.querySelector("input, textarea, select") ??
    dialog.querySelector(".dialog-foot .button:last-child");
  first?.focus({ preventScroll: true });
}

function fieldOf(body, blockId) {
  return body.querySelector(`.input[data-block="${CSS.escape(blockId)}"]`);
}

function clearError(body, blockId) {
  const field = fieldOf(body, blockId);
  if (field) showError(field, null);
  if (!body.querySelector(".wrong")) status("");
}

function status(message) {
  const place = dialog?.querySelector(".modal-status");
  if (place) fill(place, message ? [icon("warn"), " ", message] : []);
}

async function submit(event, id, view, body) {
  event.preventDefault();
  const form = event.currentTarget;
  if (form.getAttribute("aria-busy") === "true") return;
  document.activeElement?.blur?.();
  form.setAttribute("aria-busy", "true");
  status("");
  try {
    const answer = await post("submit", { as: store.as, view_id: id, values: valuesToSend(id, view) });
    if (answer.failed) status(failureText(answer.failed));
    else if (answer.response_action === "errors") showErrors(body, answer.errors ?? {});
  } catch (error) {
    status(error.code ? failureText(error.code) : error.message);
  } finally {
    form.removeAttribute("aria-busy");
  }
  await refreshState();
}

function showErrors(body, errors) {
  body
    .querySelectorAll(".input")
    .forEach((field) => showError(field, errors[field.dataset.block] ? say(errors[field.dataset.block]) : null));
  const stray = Object.entries(errors)
    .filter(([blockId]) => !fieldOf(body, blockId))
    .map(([, message]) => say(message));
  status(stray.length ? stray.join(" ") : t("Se de markerede felter."));
  const first = body.querySelector(".input.wrong");
  first?.scrollIntoView({ block: "center" });
  first?.querySelector("input, textarea")?.focus({ preventScroll: true });
}

async function close() {
  await closeView(false);
}

async function closeAll() {
  await closeView(true);
}

async function closeView(all) {
  const id = shown?.id;
  if (!id) return;
  await attempt(() => post("close", { as: store.as, view_id: id, all }));
  await refreshState();
}
