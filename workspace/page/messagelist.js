// A list of messages that is redrawn only where something changed, so that half-made choices and the focus survive.
import { el } from "./dom.js";
import { isoDate, longDate, nearDay } from "./dates.js";
import { follows, messageNode } from "./message.js";
import { store } from "./store.js";

const NEAR_END = 120;

/** place: the scrolling element. */
export function messageList(place, { openThread }) {
  const list = el("div", { class: "messages" });
  place.append(list);
  const made = new Map();
  let room = null;
  let putOff = null;

  list.addEventListener("focusout", () => {
    if (putOff) setTimeout(() => putOff?.(), 0);
  });

  new ResizeObserver(() => {
    if (atEnd) toEnd();
  }).observe(list);
  let atEnd = true;
  place.addEventListener("scroll", () => {
    atEnd = place.scrollHeight - place.scrollTop - place.clientHeight < NEAR_END;
  });

  function toEnd() {
    place.scrollTop = place.scrollHeight;
  }

  function divider(message) {
    const { zone, locale, now } = store.dateContext();
    const words = nearDay(Number(message.ts), now, zone, locale) ?? longDate(Number(message.ts), zone, locale);
    return el("div", { class: "day", role: "separator", "aria-label": words }, el("span", {}, words));
  }

  function dayOf(message) {
    return isoDate(Number(message.ts), store.dateContext().zone);
  }

  /**
   * One key per node: what it was made from tells whether it must be made again. What the person chose in it is left
   * out: the control already shows it, and drawing it again would take away what is begun in the control beside it.
   */
  function wanted(messages, channel) {
    const rows = [];
    const { zone: ownZone, now } = store.dateContext();
    const today = isoDate(now, ownZone);
    messages.forEach((message, at) => {
      const previous = messages[at - 1];
      const newDay = !previous || dayOf(previous) !== dayOf(message);
      if (newDay) {
        const words = nearDay(Number(message.ts), now, ownZone) ?? "";
        rows.push({ key: `day ${dayOf(message)} ${message.ts}`, from: words, make: () => divider(message) });
      }
      const grouped = !newDay && follows(message, previous);
      const key = `${message.ephemeral ? "e" : "m"} ${message.ts}`;
      const from = JSON.stringify([{ ...message, state: null }, grouped, store.as, today]);
      rows.push({
        key,
        from,
        make: () => messageNode(message, channel, { grouped, openThread }),
      });
    });
    return rows;
  }

  return {
    draw(messages, channel) {
      const roomNow = `${store.as} ${channel}`;
      if (roomNow !== room) {
        made.clear();
        atEnd = true;
      }
      const rows = wanted(messages, channel);
      putOff = null;
      const nodes = rows.map(({ key, from, make }) => {
        const held = made.get(key);
        if (held?.from === from) return held.node;
        if (held && isInUse(held.node)) {
          putOff = () => this.draw(messages, channel);
          return held.node;
        }
        const node = make();
        made.set(key, { from, node });
        return node;
      });
      const keys = new Set(rows.map(({ key }) => key));
      for (const key of made.keys()) if (!keys.has(key)) made.delete(key);
      const mark = focusMark(list);
      settle(list, nodes);
      if (mark && !list.contains(document.activeElement)) list.querySelector(mark)?.focus();
      if (roomNow !== room || atEnd) toEnd();
      room = roomNow;
    },
  };
}

/** True while a list of options stands open in it: the choice is made before the message is drawn anew. */
function isInUse(node) {
  return node.querySelector('[role="combobox"][aria-expanded="true"]') !== null;
}

/** Where the focus stands, in words that find the same control in a redrawn message. */
function focusMark(list) {
  const at = document.activeElement;
  const ts = list.contains(at) ? at.closest("[data-ts]")?.dataset.ts : null;
  if (!ts || at.dataset.action === undefined) return null;
  return `[data-ts="${CSS.escape(ts)}"] [data-block="${CSS.escape(at.dataset.block)}"][data-action="${CSS.escape(at.dataset.action)}"]`;
}

/** Makes `nodes` the children of `list` without touching those that stay where they are. */
function settle(list, nodes) {
  const wantedNodes = new Set(nodes);
  for (const node of [...list.children]) if (!wantedNodes.has(node)) node.remove();
  nodes.forEach((node, at) => {
    if (list.children[at] !== node) list.insertBefore(node, list.children[at] ?? null);
  });
}
