// Every select menu of Block Kit on top of the combobox: fixed options, people, channels, or options fetched from the app.
import { combobox } from "./combobox.js";
import { attempt } from "./dialogs.js";
import { withEmoji } from "./emoji.js";
import { store, nameOf } from "./store.js";
import { t } from "./words.js";

const TYPING_RESTS = 200;

const optionItem = (option, group) => ({
  key: option.value,
  label: withEmoji(option.text.text),
  description: option.description && withEmoji(option.description.text),
  group,
  raw: option,
});

function fixedItems(element) {
  if (element.option_groups?.length)
    return element.option_groups.flatMap((group) =>
      group.options.map((option) => optionItem(option, group.label.text)),
    );
  return (element.options ?? []).map((option) => optionItem(option));
}

const personItems = () =>
  store.people
    .filter((one) => !one.deleted)
    .map((one) => ({
      key: one.id,
      label: nameOf(one.id),
      description: one.real_name !== nameOf(one.id) ? one.real_name : null,
      raw: one.id,
    }));

const channelItems = () =>
  store.channels.filter((one) => one.kind !== "im").map((one) => ({ key: one.id, label: `#${one.name}`, raw: one.id }));

const matching = (items) => (query) => {
  const wanted = query.toLocaleLowerCase("da");
  return items.filter((item) => `${item.label} ${item.description ?? ""}`.toLocaleLowerCase("da").includes(wanted));
};

const PEOPLE = { items: personItems, one: "user", many: "users" };
const CHANNELS = { items: channelItems, one: "channel", many: "channels" };
const PLACES = { items: () => [...channelItems(), ...personItems()], one: "conversation", many: "conversations" };
const OPTIONS = { items: fixedItems, one: "option", many: "options" };
const KINDS = { static: OPTIONS, external: OPTIONS, users: PEOPLE, channels: CHANNELS, conversations: PLACES };

/** setup: {element, state, onState, suggest, live, …labels}; state as Slack keeps it in view.state.values. */
export function select(setup) {
  const { element, state, onState, suggest, live } = setup;
  const [, multi, word] = /^(multi_)?(\w+)_select$/.exec(element.type);
  const kind = KINDS[word];
  const key = multi ? `selected_${kind.many}` : `selected_${kind.one}`;
  const all = kind.items(element);
  const given = [state[key] ?? []].flat();
  const toItem = (raw) =>
    typeof raw === "string"
      ? (all.find((item) => item.key === raw) ?? { key: raw, label: nameOf(raw), raw })
      : optionItem(raw);
  const load = word === "external" ? externalLoad(element, suggest) : matching(all);
  let timer = null;
  const report = (chosen) => onState({ [key]: multi ? chosen : (chosen[0] ?? null) });
  return combobox({
    ...labels(setup),
    load,
    multiple: Boolean(multi),
    max: element.max_selected_items ?? Infinity,
    placeholder: element.placeholder ? withEmoji(element.placeholder.text) : t("Vælg"),
    chosen: given.map(toItem),
    onChange(chosen) {
      clearTimeout(timer);
      if (multi && live) timer = setTimeout(report, 600, chosen);
      else report(chosen);
    },
  });
}

/** Asks the app once the typing rests; a question that was overtaken is not asked. */
function externalLoad(element, suggest) {
  let last = 0;
  return async (query) => {
    const turn = (last += 1);
    if (query.length < (element.min_query_length ?? 3)) return [];
    await new Promise((resolve) => setTimeout(resolve, TYPING_RESTS));
    if (turn !== last) return [];
    const answer = await attempt(() => suggest(query));
    return answer ? fixedItems(answer) : [];
  };
}

export function labels({ labelledBy, describedBy, label }) {
  return { labelledBy, describedBy, label };
}
