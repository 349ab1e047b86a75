// What the chosen person sees, kept fresh by the stand-in's event stream.
import { get } from "./api.js";
import { spoken } from "./words.js";

const listeners = new Set();

export const store = {
  as: null,
  people: [],
  channels: [],
  commands: [],
  views: [],
  home: null,
  story: undefined,
  messages: new Map(),
  selected: null,
  thread: null,
  tab: "messages",
  now: 0,
  dateContext() {
    const me = person(store.as);
    return { zone: zoneOf(me), locale: spoken() === "en" ? "en-GB" : "da-DK", now: storyNow() };
  },
};

let nowSince = 0;
let stream = null;

export function zoneOf(one) {
  return one?.tz || "Europe/Copenhagen";
}

/** The story's time in seconds: what the server said last, plus the time since. */
export function storyNow() {
  return store.now + (performance.now() - nowSince) / 1000;
}

export function setNow(iso) {
  store.now = Date.parse(iso) / 1000;
  nowSince = performance.now();
}

export function person(id) {
  return store.people.find((one) => one.id === id);
}

export function nameOf(id, fallback) {
  const one = person(id);
  return one?.display_name || one?.real_name || one?.name || fallback || id;
}

export function channelName(id, fallback) {
  return store.channels.find((channel) => channel.id === id)?.name || fallback || id;
}

export function bots() {
  return store.people.filter((one) => one.is_bot && !one.deleted);
}

/** The conversation on screen: a channel of the list, or a person with whom there is no conversation yet. */
export function current() {
  const found = store.channels.find((channel) => channel.id === store.selected);
  if (found) return found;
  const other = person(store.selected);
  if (!other) return null;
  const direct = store.channels.find((channel) => channel.kind === "im" && channel.with === other.id);
  return (
    direct ?? {
      id: other.id,
      name: nameOf(other.id),
      kind: "im",
      with: other.id,
      members: [store.as, other.id],
      unread: 0,
      fresh: true,
    }
  );
}

/** The app's Home is on screen instead of its messages, which stay unread meanwhile. */
export function readsHome(channel) {
  return store.tab === "home" && channel.kind === "im" && Boolean(person(channel.with)?.is_bot);
}

export function shownMessages() {
  return store.messages.get(current()?.id) ?? [];
}

/** `what` is one of state, messages, traffic, clock, layout, story. */
export function onChange(listener) {
  listeners.add(listener);
}

export function announce(what) {
  for (const listener of listeners) listener(what);
}

/** Runs `work` now, or once more when it is already running: many events make few requests. */
function coalesce(work) {
  let running = null;
  let again = false;
  return function run() {
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      do {
        again = false;
        await work();
      } while (again);
    })().finally(() => {
      running = null;
    });
    return running;
  };
}

export const refreshPeople = coalesce(async () => {
  store.people = (await get("people")).people;
});

export const refreshState = coalesce(async () => {
  const as = store.as;
  const state = await get("state", { as });
  if (as !== store.as) return;
  store.channels = state.channels;
  store.commands = state.commands ?? [];
  store.views = state.views ?? [];
  store.home = state.home ?? null;
  setNow(state.now);
  announce("state");
});

export const refreshMessages = coalesce(async () => {
  const [as, channel] = [store.as, current()];
  if (!channel || channel.fresh || readsHome(channel)) {
    announce("messages");
    return;
  }
  const { messages } = await get("messages", { as, channel: channel.id });
  if (as !== store.as) return;
  store.messages.set(channel.id, messages);
  for (const one of store.channels) if (one.id === channel.id) one.unread = 0;
  announce("messages");
});

export async function refreshAll() {
  await refreshState();
  await refreshMessages();
}

/** Opens the event stream of the chosen person; each note leads to a fresh fetch. */
export function listen() {
  stream?.close();
  stream = new EventSource(`/desk/events?as=${encodeURIComponent(store.as)}`);
  stream.addEventListener("message", ({ data }) => take(JSON.parse(data)));
  stream.addEventListener("open", () => void refreshAll());
}

/** Waits for somebody to be, in a workspace that nobody has joined yet. */
export function firstPerson(then) {
  stream?.close();
  stream = new EventSource("/desk/events");
  let opened = 0;
  stream.addEventListener("open", () => {
    opened += 1;
    if (opened > 1) then(); // another workspace may have taken the place of this one
  });
  stream.addEventListener("message", ({ data }) => {
    if (JSON.parse(data).kind === "people") then();
  });
}

async function take(note) {
  if (note.kind === "traffic") {
    announce("traffic");
    return;
  }
  if (note.kind === "story") {
    announce("told");
    return;
  }
  if (note.kind === "people") await refreshPeople();
  if (note.kind === "clock") {
    await refreshState();
    announce("clock");
    return;
  }
  await refreshState();
  const channel = current();
  if (note.kind !== "view" && note.kind !== "home" && (!note.channel || note.channel === channel?.id))
    await refreshMessages();
}

export async function become(id) {
  store.as = id;
  store.messages.clear();
  store.thread = null;
  store.views = [];
  store.home = null;
  await refreshState();
  listen();
}
