// Small dialogs of the page itself on the native <dialog>: it traps the focus, closes on Escape and gives the focus back.
import { el, freshId, iconButton } from "./dom.js";
import { t } from "./words.js";

/** Shows a dialog; `actions` go in its foot. Returns {node, close}. */
export function openDialog({ title, body, actions = [], className = "", onClose }) {
  const titleId = freshId("dialog");
  const before = document.activeElement;
  const node = el(
    "dialog",
    { class: `dialog ${className}`.trim(), "aria-labelledby": titleId },
    el(
      "header",
      { class: "dialog-head" },
      el("h2", { id: titleId }, title),
      iconButton("close", t("Luk"), () => node.close()),
    ),
    el("div", { class: "dialog-body" }, body),
    actions.length ? el("footer", { class: "dialog-foot" }, actions) : null,
  );
  node.addEventListener("close", () => {
    node.remove();
    if (before?.isConnected) before.focus();
    onClose?.();
  });
  node.addEventListener("click", (event) => {
    if (event.target === node) node.close();
  });
  document.body.append(node);
  node.showModal();
  return { node, close: () => node.close() };
}

/** Asks before something is done; resolves to true or false. `style` is "danger" or "primary". */
export function ask({ title, text, confirm = t("Ja"), deny = t("Annullér"), style = "primary" }) {
  return new Promise((resolve) => {
    let agreed = false;
    const dialog = openDialog({
      title,
      className: "dialog-ask",
      body: text,
      onClose: () => resolve(agreed),
      actions: [
        el("button", { type: "button", class: "button", on: { click: () => dialog.close() } }, deny),
        el(
          "button",
          {
            type: "button",
            class: `button button-${style}`,
            autofocus: true,
            on: {
              click() {
                agreed = true;
                dialog.close();
              },
            },
          },
          confirm,
        ),
      ],
    });
  });
}

const SHOWN_FOR = 7000;

/** A short notice at the bottom, read aloud; an open dialog shows it itself, as nothing outside it can be reached. */
export function notice(text, kind = "info") {
  const dialog = [...document.querySelectorAll("dialog[open]")].at(-1);
  const place =
    dialog?.appendChild(el("div", { class: "notices", role: "alert" })) ?? document.getElementById("notices");
  const node = el("p", { class: `notice notice-${kind}` }, text);
  place.append(node);
  setTimeout(() => (dialog ? place : node).remove(), SHOWN_FOR);
}

const FAILURES = {
  operation_timeout: "Appen svarede ikke inden for tre sekunder. Prøv igen.",
  dispatch_failed: "Appen kunne ikke nås. Prøv igen om lidt.",
  dispatch_unknown_error: "Appen svarede med en fejl. Prøv igen.",
  expired_trigger_id: "Det tog for længe. Prøv igen.",
  unknown_command: "Den kommando findes ikke.",
  no_app: "Ingen app er forbundet endnu.",
};

export function failureText(code) {
  return FAILURES[code] ? t(FAILURES[code]) : t("Det lykkedes ikke ({code}).", { code });
}

/** Runs what a person asked for; a refusal becomes a notice instead of silence. */
export async function attempt(work) {
  try {
    const answer = await work();
    if (answer?.failed) notice(failureText(answer.failed), "bad");
    return answer;
  } catch (error) {
    notice(error.code ? failureText(error.code) : t("Det lykkedes ikke: {why}", { why: error.message }), "bad");
    return null;
  }
}
