// The app's Home tab.
import { el, fill } from "./dom.js";
import { blockNodes } from "./blocks.js";
import { viewContext } from "./forms.js";
import { avatar } from "./people.js";
import { nameOf, store } from "./store.js";
import { t } from "./words.js";

let drawn = "";

export function drawHome(place, bot) {
  const { view, id, hash } = store.home ?? {};
  const from = JSON.stringify([store.as, id, hash, view]);
  if (from === drawn && place.childElementCount) return;
  drawn = from;
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.action : null;
  if (!view) {
    fill(
      place,
      el(
        "div",
        { class: "home-empty" },
        avatar(bot, "large"),
        el("p", {}, t("{name} har ikke lagt noget her endnu.", { name: nameOf(bot.id) })),
      ),
    );
    return;
  }
  fill(place, el("div", { class: "home-view" }, blockNodes(view.blocks ?? [], viewContext(id))));
  if (focused) place.querySelector(`[data-action="${CSS.escape(focused)}"]`)?.focus();
}
