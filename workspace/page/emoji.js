// Shortcodes for a modest set of emoji; an unknown one stays readable as :text:.

const SIGNS = {
  "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎", wave: "👋", clap: "👏", pray: "🙏", muscle: "💪", raised_hands: "🙌", raised_hand: "✋", hand: "✋",
  ok_hand: "👌", point_right: "👉", point_left: "👈", point_down: "👇", point_up: "☝️", smile: "😄", smiley: "😃", grin: "😁", grinning: "😀",
  slightly_smiling_face: "🙂", blush: "😊", wink: "😉", thinking_face: "🤔", thinking: "🤔", sweat_smile: "😅", tada: "🎉", sparkles: "✨", star: "⭐",
  heart: "❤️", green_heart: "💚", blue_heart: "💙", fire: "🔥", bulb: "💡", bell: "🔔", no_bell: "🔕", mega: "📣", loudspeaker: "📢", speech_balloon: "💬",
  white_check_mark: "✅", heavy_check_mark: "✔️", ballot_box_with_check: "☑️", x: "❌", negative_squared_cross_mark: "❎", heavy_multiplication_x: "✖️",
  no_entry: "⛔", no_entry_sign: "🚫", warning: "⚠️", exclamation: "❗", question: "❓", grey_question: "❔", information_source: "ℹ️", sos: "🆘",
  calendar: "📅", date: "📅", spiral_calendar_pad: "🗓️", spiral_calendar: "🗓️", alarm_clock: "⏰", stopwatch: "⏱️", timer_clock: "⏲️", hourglass: "⌛",
  hourglass_flowing_sand: "⏳", watch: "⌚", clock1: "🕐", clock4: "🕓", clock5: "🕔", clock8: "🕗", round_pushpin: "📍", pushpin: "📌", world_map: "🗺️", house: "🏠", hospital: "🏥",
  office: "🏢", knife_fork_plate: "🍽️", fork_and_knife: "🍴", sandwich: "🥪", pizza: "🍕", green_salad: "🥗", coffee: "☕", cake: "🍰", apple: "🍎",
  bar_chart: "📊", chart_with_upwards_trend: "📈", chart_with_downwards_trend: "📉", chart: "💹", clipboard: "📋", memo: "📝", pencil: "📝", pencil2: "✏️",
  page_facing_up: "📄", page_with_curl: "📃", bookmark_tabs: "📑", file_folder: "📁", open_file_folder: "📂", card_index_dividers: "🗂️", paperclip: "📎", link: "🔗", floppy_disk: "💾",
  inbox_tray: "📥", outbox_tray: "📤", package: "📦", email: "📧", envelope: "✉️", incoming_envelope: "📨", telephone_receiver: "📞", iphone: "📱", computer: "💻",
  lock: "🔒", unlock: "🔓", key: "🔑", shield: "🛡️", eyes: "👀", eye: "👁️", see_no_evil: "🙈", bust_in_silhouette: "👤", busts_in_silhouette: "👥", family: "👪",
  stethoscope: "🩺", pill: "💊", syringe: "💉", lungs: "🫁", drop_of_blood: "🩸", microscope: "🔬", test_tube: "🧪", dna: "🧬", thermometer: "🌡️", anatomical_heart: "🫀",
  robot_face: "🤖", gear: "⚙️", wrench: "🔧", hammer_and_wrench: "🛠️", mag: "🔍", rocket: "🚀", seedling: "🌱", deciduous_tree: "🌳", sunny: "☀️", crescent_moon: "🌙",
  arrow_right: "➡️", arrow_left: "⬅️", arrow_up: "⬆️", arrow_down: "⬇️", arrows_counterclockwise: "🔄", repeat: "🔁", leftwards_arrow_with_hook: "↩️", new: "🆕", soon: "🔜",
  large_green_circle: "🟢", green_circle: "🟢", large_yellow_circle: "🟡", yellow_circle: "🟡", large_orange_circle: "🟠", red_circle: "🔴", large_red_circle: "🔴", large_blue_circle: "🔵", white_circle: "⚪", black_circle: "⚫",
  large_blue_square: "🟦", large_green_square: "🟩", black_small_square: "▪️", small_blue_diamond: "🔹", small_orange_diamond: "🔸",
  one: "1️⃣", two: "2️⃣", three: "3️⃣", four: "4️⃣", five: "5️⃣", "flag-dk": "🇩🇰", "flag-gb": "🇬🇧", dk: "🇩🇰", gb: "🇬🇧", wastebasket: "🗑️", trophy: "🏆", mortar_board: "🎓", books: "📚", book: "📖",
};

export function emoji(name) {
  return SIGNS[name] ?? `:${name}:`;
}

export function isEmoji(name) {
  return Object.hasOwn(SIGNS, name);
}

/** plain_text objects show shortcodes too. */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => (isEmoji(name) ? emoji(name) : whole));
}
