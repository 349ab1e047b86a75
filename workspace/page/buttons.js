// Buttons with styles, links and confirmation, and the overflow menu.
import { el, fill, freshId, icon, safeUrl } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";
import { ask } from "./dialogs.js";
import { t } from "./words.js";

/** The app's own confirmation dialog; true when there is none. */
export async function agreed(confirm) {
  if (!confirm) return true;
  const text = confirm.text
    ? confirm.text.type === "mrkdwn"
      ? mrkdwn(confirm.text.text)
      : withEmoji(confirm.text.text)
    : "";
  return ask({
    title: withEmoji(confirm.title?.text ?? t("Er du sikker?")),
    text,
    confirm: withEmoji(confirm.confirm?.text ?? t("Ja")),
    deny: withEmoji(confirm.deny?.text ?? t("Annullér")),
    style: confirm.style === "danger" ? "danger" : "primary",
  });
}

export function button({ element, onState, describedBy }) {
  const style = element.style ? ` button-${element.style}` : "";
  const name = element.accessibility_label;
  const href = element.url ? safeUrl(element.url) : null;
  const node = el(
    href ? "a" : "button",
    {
      class: `button${style}`,
      "aria-label": name,
      "aria-describedby": describedBy,
      title: name,
      ...(href ? { href, target: "_blank", rel: "noopener noreferrer" } : { type: "button" }),
      on: { click: press },
    },
    withEmoji(element.text.text),
  );

  async function press() {
    if (node.getAttribute("aria-busy") === "true") return;
    node.setAttribute("aria-busy", "true");
    try {
      await onState(element.value === undefined ? {} : { value: element.value });
    } finally {
      node.removeAttribute("aria-busy");
    }
  }
  return { node, input: node };
}

export function overflow({ element, onState }) {
  const menuId = freshId("menu");
  const items = element.options.map((option) =>
    el(
      option.url && safeUrl(option.url) ? "a" : "button",
      {
        role: "menuitem",
        tabindex: "-1",
        class: "menu-item",
        href: option.url ? safeUrl(option.url) : null,
        target: option.url ? "_blank" : null,
        rel: option.url ? "noopener noreferrer" : null,
        type: option.url ? null : "button",
        on: {
          click() {
            close();
            void onState({ selected_option: option });
          },
        },
      },
      withEmoji(option.text.text),
      option.description ? el("span", { class: "option-hint" }, withEmoji(option.description.text)) : null,
    ),
  );
  const menu = el("div", {
    id: menuId,
    role: "menu",
    class: "menu",
    popover: "auto",
    on: { keydown: walk, toggle: toggled },
  });
  fill(menu, items);
  const opener = el(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-controls": menuId,
      "aria-label": t("Flere valg"),
      title: t("Flere valg"),
      on: { click: open },
    },
    icon("more"),
  );

  function open() {
    if (menu.matches(":popover-open")) {
      close();
      return;
    }
    menu.showPopover();
    const box = opener.getBoundingClientRect();
    menu.style.top = `${Math.min(box.bottom + 4, window.innerHeight - menu.offsetHeight - 8)}px`;
    menu.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - menu.offsetWidth - 8))}px`;
    items[0]?.focus();
  }

  function close() {
    if (menu.matches(":popover-open")) menu.hidePopover();
    opener.focus();
  }

  function toggled(event) {
    opener.setAttribute("aria-expanded", String(event.newState === "open"));
  }

  function walk(event) {
    const at = items.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      items[(to + items.length) % items.length].focus();
    } else if (event.key === "Tab" || event.key === "Escape") {
      event.stopPropagation();
      close();
    }
  }
  return { node: el("span", { class: "overflow" }, opener, menu), input: opener };
}
