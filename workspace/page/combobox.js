// A field with a list to choose from, by mouse or keyboard (WAI-ARIA combobox): single or multiple, with search.
import { el, fill, freshId, icon } from "./dom.js";
import { t } from "./words.js";

/**
 * items: [{key, label, description?, group?, raw}]; load(query) -> items (may be async); onChange(chosen items).
 * A single choice reports at once; a multiple one when the list closes.
 */
export function combobox({
  load,
  chosen = [],
  multiple = false,
  max = Infinity,
  placeholder = "",
  onChange,
  labelledBy,
  describedBy,
  label,
}) {
  const listId = freshId("list");
  let picked = [...chosen];
  let items = [];
  let active = -1;
  let asked = 0;

  const input = el("input", {
    type: "text",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-expanded": "false",
    "aria-controls": listId,
    "aria-autocomplete": "list",
    "aria-labelledby": labelledBy,
    "aria-label": labelledBy ? null : label || placeholder || t("Vælg"),
    "aria-describedby": describedBy,
    on: { click: open, input: () => open(), keydown, blur: () => setTimeout(leave, 0) },
  });
  const chips = el("ul", { class: "chips", "aria-label": t("Valgt") });
  const field = el(
    "div",
    { class: "combo-field", on: { mousedown: toField } },
    multiple ? chips : null,
    input,
    icon("down", "combo-arrow"),
  );
  const list = el("ul", {
    id: listId,
    role: "listbox",
    class: "combo-list",
    popover: "manual",
    "aria-label": t("Valgmuligheder"),
    "aria-multiselectable": multiple ? "true" : null,
  });
  const node = el("div", { class: multiple ? "combo combo-multiple" : "combo" }, field, list);
  const isOpen = () => list.matches(":popover-open");

  function toField(event) {
    if (event.target === input || event.target.closest(".chip")) return;
    event.preventDefault();
    if (isOpen()) close();
    else {
      input.focus();
      open();
    }
  }

  async function open() {
    const query = picked.length && !multiple && input.value === picked[0].label ? "" : input.value.trim();
    const turn = (asked += 1);
    const found = await load(query);
    if (turn !== asked || !node.isConnected) return;
    items = found;
    active = Math.max(0, items.findIndex(isPicked));
    draw();
    if (!isOpen()) {
      list.showPopover();
      if (!multiple) input.select();
    }
    place();
    input.setAttribute("aria-expanded", "true");
    window.addEventListener("scroll", place, true);
    window.addEventListener("resize", place);
  }

  function place() {
    const box = field.getBoundingClientRect();
    const below = window.innerHeight - box.bottom - 12;
    const height = Math.min(list.scrollHeight + 2, 280);
    const up = below < Math.min(height, 160) && box.top > below;
    list.style.maxHeight = `${Math.max(90, Math.min(280, up ? box.top - 12 : below))}px`;
    list.style.width = `${Math.max(box.width, 200)}px`;
    list.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - Math.max(box.width, 200) - 8))}px`;
    list.style.top = up ? `${Math.max(8, box.top - Math.min(height, box.top - 12) - 4)}px` : `${box.bottom + 4}px`;
  }

  function close() {
    asked += 1;
    window.removeEventListener("scroll", place, true);
    window.removeEventListener("resize", place);
    if (isOpen()) list.hidePopover();
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function leave() {
    if (document.activeElement === input || !node.isConnected) return;
    close();
    show();
  }

  const isPicked = (item) => picked.some((one) => one.key === item.key);

  function draw() {
    const rows = [];
    let group = null;
    items.forEach((item, at) => {
      if (item.group && item.group !== group)
        rows.push(el("li", { role: "presentation", class: "combo-group" }, item.group));
      group = item.group;
      rows.push(
        el(
          "li",
          {
            role: "option",
            id: `${listId}-${at}`,
            class: at === active ? "option active" : "option",
            "aria-selected": String(isPicked(item)),
            on: { mousedown: (event) => event.preventDefault(), click: () => choose(item) },
          },
          el("span", { class: "option-label" }, item.label),
          item.description ? el("span", { class: "option-hint" }, item.description) : null,
          isPicked(item) ? icon("check", "option-tick") : null,
        ),
      );
    });
    fill(list, rows.length ? rows : el("li", { class: "combo-empty", role: "presentation" }, t("Ingen fundet")));
    mark();
  }

  function mark() {
    list.querySelectorAll(".option").forEach((row, at) => row.classList.toggle("active", at === active));
    const row = list.querySelector(".active");
    if (!row) return;
    input.setAttribute("aria-activedescendant", row.id);
    row.scrollIntoView({ block: "nearest" });
  }

  function choose(item) {
    if (multiple) {
      if (isPicked(item)) picked = picked.filter((one) => one.key !== item.key);
      else if (picked.length < max) picked = [...picked, item];
      input.value = "";
      show();
      draw();
      place();
    } else {
      picked = [item];
      show();
      close();
    }
    onChange(picked.map((one) => one.raw));
  }

  function show() {
    if (!multiple) {
      input.value = picked[0]?.label ?? "";
      input.placeholder = placeholder;
      return;
    }
    input.value = "";
    input.placeholder = picked.length ? "" : placeholder;
    fill(
      chips,
      picked.map((item) =>
        el(
          "li",
          { class: "chip" },
          item.label,
          el("button", { type: "button", "aria-label": t("Fjern {name}", { name: item.label }), on: { click: () => choose(item) } }, "×"),
        ),
      ),
    );
  }

  function keydown(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (!isOpen()) open();
      else if (items.length) active = (active + step + items.length) % items.length;
      mark();
    } else if (event.key === "Enter" && isOpen()) {
      event.preventDefault();
      if (items[active]) choose(items[active]);
    } else if (event.key === "Escape" && isOpen()) {
      event.preventDefault();
      event.stopPropagation();
      close();
      show();
    } else if (event.key === "Backspace" && multiple && !input.value && picked.length) choose(picked.at(-1));
    else if (event.key === "Tab") close();
  }

  show();
  return { node, input };
}
