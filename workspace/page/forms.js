// What a person has typed in a modal or in App Home: kept per view while the app redraws it, and told to the stand-in.
import { post } from "./api.js";
import { initialState } from "./elements.js";
import { attempt } from "./dialogs.js";
import { refreshState, store } from "./store.js";

const kept = new Map();
const waiting = new Map();
const RESTS = 300;

function valuesOf(viewId) {
  if (!kept.has(viewId)) kept.set(viewId, {});
  return kept.get(viewId);
}

/** Forgets views that are gone. */
export function forget(present) {
  for (const id of kept.keys()) if (!present.includes(id)) kept.delete(id);
}

/** A kept choice is only worth something while the app still offers it. */
function stillFits(element, state) {
  if (!state || state.type !== element.type) return false;
  const offered = element.options ?? element.option_groups?.flatMap((group) => group.options);
  const chosen = [state.selected_options ?? state.selected_option ?? []].flat();
  return !offered || chosen.every((one) => offered.some((option) => option.value === one.value));
}

function stateIn(viewId, block, element) {
  const state = valuesOf(viewId)[block.block_id]?.[element.action_id];
  return stillFits(element, state) ? state : { type: element.type, ...initialState(element) };
}

export function keep(viewId, block, element, state) {
  const values = valuesOf(viewId);
  values[block.block_id] = { ...values[block.block_id], [element.action_id]: { type: element.type, ...state } };
}

/** What submitting sends: every field on screen, with its initial value where nothing was changed. */
export function valuesToSend(viewId, view) {
  const values = {};
  for (const block of view.blocks ?? []) {
    if (block.type !== "input") continue;
    const { element } = block;
    values[block.block_id] = { [element.action_id]: stateIn(viewId, block, element) };
  }
  return values;
}

/** Tells the stand-in what a field holds once the typing rests. */
function tellLater(body) {
  const key = `${body.view_id} ${body.block_id} ${body.action_id}`;
  clearTimeout(waiting.get(key)?.timer);
  const send = () => {
    clearTimeout(waiting.get(key)?.timer);
    waiting.delete(key);
    return post("fill", body).catch(() => undefined);
  };
  waiting.set(key, { send, timer: setTimeout(send, RESTS) });
}

/** What is typed but not told yet goes ahead of anything that the app will answer. */
async function tellNow() {
  await Promise.all([...waiting.values()].map(({ send }) => send()));
}

/** The context that controls of a view work in. */
export function viewContext(viewId, { errors = {}, onChange } = {}) {
  const target = (block, element) => ({
    as: store.as,
    view_id: viewId,
    block_id: block.block_id,
    action_id: element.action_id,
  });
  return {
    stateOf: (block, element) => stateIn(viewId, block, element),
    errorOf: (block) => errors[block.block_id],
    change(block, element, state) {
      keep(viewId, block, element, state);
      onChange?.(block);
      tellLater({ ...target(block, element), state: { type: element.type, ...state } });
    },
    async act(block, element, state) {
      keep(viewId, block, element, state);
      onChange?.(block);
      await tellNow();
      await attempt(() => post("act", { ...target(block, element), ...state }));
      await refreshState();
    },
    suggest: (block, element, value) => post("options", { ...target(block, element), value }),
  };
}

/** The context of a message's buttons and menus. */
export function messageContext(message, channel) {
  const where = { channel, ts: message.ts };
  return {
    stateOf: (block, element) => message.state?.[block.block_id]?.[element.action_id] ?? initialState(element),
    change() {},
    async act(block, element, state) {
      await attempt(() =>
        post("act", { as: store.as, ...where, block_id: block.block_id, action_id: element.action_id, ...state }),
      );
      await refreshState();
    },
    suggest: (block, element, value) =>
      post("options", { as: store.as, ...where, block_id: block.block_id, action_id: element.action_id, value }),
  };
}
