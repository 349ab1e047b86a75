// The data_visualization block: bars, lines, areas and pies as SVG, with the numbers as a table beneath.
import { el } from "./dom.js";
import { t } from "./words.js";

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [560, 260, 46, 34, 12];
const number = (value) => value.toLocaleString("da-DK", { maximumFractionDigits: 2 });
const valueOf = (point) => (typeof point === "object" ? point.value : point);

function svg(tag, props, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(props)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

/** A round number a little above the highest value. */
function topOf(values) {
  const most = Math.max(...values, 0) || 1;
  const step = 10 ** Math.floor(Math.log10(most)) / 2;
  return Math.ceil(most / step) * step;
}

function frame(top, categories, middle) {
  const nodes = [0, 0.5, 1].flatMap((part) => {
    const y = HEIGHT - BOTTOM - part * (HEIGHT - BOTTOM - TOP);
    return [
      svg("line", { x1: LEFT, x2: WIDTH, y1: y, y2: y, class: "chart-grid" }),
      svg("text", { x: LEFT - 8, y: y + 4, class: "chart-word", "text-anchor": "end" }, number(part * top)),
    ];
  });
  const every = Math.ceil(categories.length / 8);
  categories.forEach((category, at) => {
    if (at % every === 0)
      nodes.push(
        svg("text", { x: middle(at), y: HEIGHT - 12, class: "chart-word", "text-anchor": "middle" }, category),
      );
  });
  return nodes;
}

function axes({ type, series, axis_config: { categories } }) {
  const values = series.map((one) => one.data.map(valueOf));
  const top = topOf(values.flat());
  const wide = (WIDTH - LEFT) / categories.length;
  const middle = (at) => LEFT + wide * (at + 0.5);
  const height = (value) => (value / top) * (HEIGHT - BOTTOM - TOP);
  const drawn = values.flatMap((row, which) =>
    type === "bar"
      ? bars(row, which, values.length, wide, height)
      : [path(row, which, middle, height, type === "area")],
  );
  return [...frame(top, categories, middle), ...drawn];
}

function bars(row, which, many, wide, height) {
  const thick = (wide * 0.7) / many;
  return row.map((value, at) =>
    svg("rect", {
      x: LEFT + wide * (at + 0.15) + thick * which,
      y: HEIGHT - BOTTOM - height(value),
      width: thick,
      height: height(value),
      rx: 3,
      class: `chart-fill chart-${which % 6}`,
    }),
  );
}

function path(row, which, middle, height, filled) {
  const points = row.map((value, at) => `${middle(at)},${HEIGHT - BOTTOM - height(value)}`);
  const floor = HEIGHT - BOTTOM;
  const area = [`${middle(0)},${floor}`, ...points, `${middle(row.length - 1)},${floor}`];
  return filled
    ? svg("polygon", { points: area.join(" "), class: `chart-fill chart-area chart-${which % 6}` })
    : svg("polyline", { points: points.join(" "), class: `chart-line chart-${which % 6}` });
}

function pie({ segments }) {
  const sum = segments.reduce((total, segment) => total + segment.value, 0);
  const radius = 90;
  const around = 2 * Math.PI * radius;
  let before = 0;
  return segments.map((segment, at) => {
    const part = (segment.value / sum) * around;
    const slice = svg("circle", {
      cx: WIDTH / 2,
      cy: HEIGHT / 2,
      r: radius / 2 + 15,
      class: `chart-slice chart-${at % 6}`,
      pathLength: around,
      "stroke-dasharray": `${part} ${around - part}`,
      "stroke-dashoffset": -before,
    });
    before += part;
    return slice;
  });
}

function legend(names) {
  const one = (name, at) =>
    el("li", {}, el("span", { class: `chart-key chart-${at % 6}`, "aria-hidden": "true" }), name);
  return names.length > 1 ? el("ul", { class: "chart-legend" }, names.map(one)) : null;
}

function numbers(head, rows) {
  const row = (tag) => (cells) =>
    el(
      "tr",
      {},
      cells.map((cell, at) => el(tag, { class: at ? "side-right" : "side-left" }, cell)),
    );
  return el(
    "details",
    { class: "chart-numbers" },
    el("summary", {}, t("Vis tallene")),
    el("table", {}, el("thead", {}, row("th")(head)), el("tbody", {}, rows.map(row("td")))),
  );
}

export function chart(block) {
  const { chart: shown, title } = block;
  const isPie = shown.type === "pie";
  const picture = svg(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": title, class: "chart" },
    ...(isPie ? pie(shown) : axes(shown)),
  );
  const names = isPie ? shown.segments.map((one) => one.label) : shown.series.map((one) => one.name);
  const rows = isPie
    ? shown.segments.map((one) => [one.label, number(one.value)])
    : shown.axis_config.categories.map((name, at) => [
        name,
        ...shown.series.map((one) => number(valueOf(one.data[at]))),
      ]);
  return el(
    "figure",
    { class: "block image" },
    el("figcaption", {}, title),
    picture,
    legend(names),
    numbers(["", ...(isPie ? [t("Værdi")] : names)], rows),
  );
}
