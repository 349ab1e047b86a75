// Text, number, e-mail and web address fields, and the file field of a modal.
import { el, fill, iconButton } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { upload } from "./api.js";
import { readableSize } from "./files.js";
import { store } from "./store.js";
import { t } from "./words.js";

const TYPES = { plain_text_input: "text", number_input: "text", email_text_input: "email", url_text_input: "url" };

export function textField(setup) {
  const { element, state, onState, live } = setup;
  const config = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const eachLetter = live && config.includes("on_character_entered");
  let last = state.value ?? "";
  let timer = null;
  const settle = () => {
    clearTimeout(timer);
    if (input.value === last) return;
    last = input.value;
    onState({ value: input.value || null });
  };
  const multiline = element.type === "plain_text_input" && element.multiline;
  const input = el(multiline ? "textarea" : "input", {
    type: multiline ? null : TYPES[element.type],
    class: "field",
    rows: multiline ? "4" : null,
    value: last,
    inputmode: element.type === "number_input" ? (element.is_decimal_allowed ? "decimal" : "numeric") : null,
    placeholder: element.placeholder ? withEmoji(element.placeholder.text) : null,
    maxlength: element.max_length,
    autocomplete: "off",
    "aria-labelledby": setup.labelledBy,
    "aria-label": setup.labelledBy ? null : setup.label || t("Skriv"),
    "aria-describedby": setup.describedBy,
    on: {
      input() {
        clearTimeout(timer);
        if (!live) settle();
        else if (eachLetter) timer = setTimeout(settle, 400);
      },
      keydown(event) {
        if (event.key === "Enter" && live && !multiline) {
          event.preventDefault();
          settle();
        }
      },
      blur: settle,
    },
  });
  return { node: input, input };
}

export function fileField(setup) {
  const { element, state, onState } = setup;
  const most = element.max_files ?? 10;
  let kept = state.files ?? [];
  const list = el("ul", { class: "kept-files" });
  const said = el("p", { class: "hint", role: "status" });
  const input = el("input", {
    type: "file",
    multiple: most > 1,
    accept: (element.filetypes ?? []).map((kind) => `.${kind}`).join(",") || null,
    class: "file-native",
    "aria-labelledby": setup.labelledBy,
    "aria-label": setup.labelledBy ? null : t("Vælg fil"),
    "aria-describedby": setup.describedBy,
    on: { change: take },
  });
  const drop = el(
    "div",
    { class: "drop-field", on: { dragover: over, dragleave: () => drop.classList.remove("over"), drop: dropped } },
    el("span", {}, t("Træk en fil hertil, eller ")),
    input,
  );

  function over(event) {
    event.preventDefault();
    drop.classList.add("over");
  }

  function dropped(event) {
    event.preventDefault();
    event.stopPropagation();
    drop.classList.remove("over");
    void send([...event.dataTransfer.files]);
  }

  async function take() {
    await send([...input.files]);
    input.value = "";
  }

  async function send(files) {
    if (kept.length + files.length > most) {
      fill(said, most === 1 ? t("Der kan højst vælges én fil.") : t("Der kan højst vælges {most} filer.", { most }));
      return;
    }
    fill(said, t("Lægger filen op …"));
    try {
      const answer = await upload({ as: store.as }, files);
      kept = [...kept, ...answer.files.map((id, at) => ({ id, name: files[at].name, size: files[at].size }))];
      fill(said);
      draw();
      onState({ files: kept });
    } catch (error) {
      fill(said, t("Filen kunne ikke lægges op: {why}", { why: error.message }));
    }
  }

  function draw() {
    fill(
      list,
      kept.map((file) =>
        el(
          "li",
          {},
          `${file.name} (${readableSize(file.size)})`,
          iconButton("close", t("Fjern {name}", { name: file.name }), () => {
            kept = kept.filter((one) => one !== file);
            draw();
            onState({ files: kept });
          }),
        ),
      ),
    );
  }

  draw();
  return { node: el("div", {}, drop, list, said), input };
}
