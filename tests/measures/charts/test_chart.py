"""A chart is one object: picture, headline, alternative text and table say the same, and nothing of anyone else."""

import pickle
import re
import struct
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from measures.charts.chart import compose, render_all, render_chart
from measures.charts.comparing import compare
from measures.disclosure.privacy import Comparison, DisclosureRules, comparison
from measures.drawing import palette
from measures.drawing.forms.frame import axis, spread
from measures.drawing.palette import COLOURS, rgb
from measures.drawing.png import encode
from measures.drawing.raster import Raster


@pytest.fixture
def chart_of(kol, da, invent):
    def make(size=12, own=1, measure="spirometry", t=da):
        replies = invent(size)
        seen = compare(kol.measure(measure), own, replies, DisclosureRules(), own=replies[own])
        return compose(kol.measure(measure), kol, seen, "Opgjort 30. april 2026", "2. maj 2026", t, "jeres praksis")

    return make


def chunks(png: bytes) -> list[str]:
    found, at = [], 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        found.append(png[at + 4 : at + 8].decode())
        at += 12 + length
    return found


def pixels(png: bytes):
    return np.asarray(Image.open(BytesIO(png)).convert("RGB"))


def coloured(image, colour: str) -> int:
    return int((image == np.array(rgb(colour))).all(axis=2).sum())


def drawn(picture):
    canvas = Raster()
    picture.draw(canvas)
    return pixels(canvas.png())


@pytest.fixture(scope="module")
def png(kol, da, invent):
    seen = compare(kol.measure("spirometry"), 1, invent(12), DisclosureRules())
    return compose(kol.measure("spirometry"), kol, seen, "2026K1", "2. maj 2026", da, "jeres praksis").render()


def test_png_is_made_for_a_telephone_and_small(png):
    image = Image.open(BytesIO(png))
    assert (image.size, image.mode, len(png) <= 16 * 1024) == ((720, 800), "P", True)


def test_png_holds_no_metadata(png):
    assert set(chunks(png)) == {"IHDR", "PLTE", "IDAT", "IEND"}


@pytest.mark.long
def test_png_uses_only_the_palette_and_every_index_of_it_is_a_palette_colour(png):
    image = Image.open(BytesIO(png))
    used = {tuple(colour) for colour in np.unique(pixels(png).reshape(-1, 3), axis=0).tolist()}
    assert used <= {rgb(colour) for colour in COLOURS}
    assert int(np.asarray(image).max()) < len(COLOURS)


def test_the_same_chart_gives_the_same_bytes(chart_of):
    assert chart_of().render() == chart_of().render()


def test_a_chart_travels_to_a_worker_and_draws_the_same(chart_of):
    chart = chart_of()
    travelled = pickle.loads(pickle.dumps(chart))  # noqa: S301 - our own object
    assert travelled == chart
    assert render_chart(travelled) == chart.render()


def test_own_mark_reference_and_text_are_on_the_picture(png):
    image = pixels(png)
    assert [
        coloured(image, colour) > 300 for colour in (palette.OWN, palette.REFERENCE, palette.TEXT, palette.OTHERS)
    ] == [True] * 4


def test_others_are_on_the_picture_only_when_there_are_five(chart_of):
    assert (chart_of(4).picture.others, len(chart_of(5).picture.others)) == ((), 4)


def test_every_other_practice_adds_a_mark(chart_of):
    picture = chart_of(5).picture
    rings = [coloured(drawn(replace(picture, others=picture.others[:n])), palette.OTHERS) for n in range(5)]
    assert [after - before > 150 for before, after in pairwise(rings)] == [True] * 4


def test_picture_holds_nothing_of_others_but_rounded_sorted_values(chart_of, invent):
    chart = chart_of()
    others = chart.picture.others
    assert list(others) == sorted(others)
    assert all(round(value, 2) == value for value in others)
    text = repr(chart)
    for practice_id, reply in invent(12).items():
        if practice_id != 1:
            exact = reply["spirometry"] / reply["copd"]
            assert repr(exact) not in text
            assert f"{reply['listed']}" not in text


def test_alt_text_and_table_hold_the_own_numbers_and_no_other_practices(chart_of, kol, invent):
    chart = chart_of(12, own=3)
    replies = invent(12)
    said = chart.alt_text + repr(chart.table) + chart.headline + chart.finding.detail
    numbers = {int(number.replace(".", "")) for number in re.findall(r"\d+(?:\.\d{3})*", said)}
    own = {replies[3]["spirometry"], replies[3]["copd"]}
    mean = round(100 * sum(r["spirometry"] for r in replies.values()) / sum(r["copd"] for r in replies.values()))
    share = round(100 * replies[3]["spirometry"] / replies[3]["copd"])
    ends = {round(100 * limit) for limit in chart.finding.limits}
    missing = {-(-9 * replies[3]["copd"] // 10) - replies[3]["spirometry"]}
    around = {12, 30, 2026, 2, 95, 90}
    assert numbers == own | {mean, share} | ends | missing | around


def test_headline_table_and_picture_agree(chart_of):
    chart = chart_of()
    rows = dict(chart.table)
    assert chart.picture.own.words == f"Jeres tal: {rows['Optalt']} = {rows['jeres praksis']}"
    ends = f"{round(100 * chart.picture.own.low)} % til {round(100 * chart.picture.own.high)} %"
    assert rows["Statistisk usikkerhed (95 %)"] == ends
    assert [line.value for line in chart.picture.lines] == [
        rows["Klyngen samlet"],
        rows["National standard (MidtKraft)"],
    ]
    missing = rows["Mangler til den nationale standard"]
    said = f"{rows['Optalt']} ({rows['jeres praksis']}) – {missing} fra den nationale standard på 90 %."
    assert chart.headline == f"Spirometri inden for 12 måneder: {said}"
    assert chart.picture.frame.headline == f"{rows['Optalt']} er målt – {missing} fra den nationale standard"
    assert f"Klyngen samlet: {rows['Klyngen samlet']}." in chart.finding.detail
    assert rows["Statistisk usikkerhed (95 %)"] in chart.alt_text


def test_picture_says_where_the_practice_lies_in_the_words_of_the_alternative_text(kol, da):
    def said(own):
        seen = Comparison(own, 0.6, (0.4, 0.5, 0.6, 0.7, 0.8, 0.9), 7, 100)
        chart = compose(kol.measure("spirometry"), kol, seen, "2026", "2. maj", da, "jer")
        assert chart.finding.verdict in chart.alt_text
        return chart.picture.frame.notes

    assert [said(own) for own in ((250, 1000), (55, 100), (720, 1000), (850, 1000))] == [
        ("Højere er bedre. Under de fleste.",),
        ("Højere er bedre. På niveau med klyngen samlet.",),
        ("Højere er bedre. Lidt over klyngen samlet, blandt den midterste halvdel.",),
        ("Højere er bedre. Over de fleste.",),
    ]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 7, 8, 35])
@pytest.mark.parametrize("measure", ["prevalence", "spirometry", "care_plan"])
def test_compose_holds_for_every_size_in_both_languages(chart_of, da, en, size, measure):
    for t in (da, en):
        chart = chart_of(size, own=size, measure=measure, t=t)
        own, scale = chart.picture.own, chart.picture.scale
        assert own.low <= own.share <= own.high
        assert 3 <= len(scale.ticks) <= 6
        assert len(chart.alt_text) <= 2000
        assert len(chart.picture.lines) <= 3


@pytest.mark.parametrize("own", [(0, 40), (40, 40), (0, 1), (1, 1), (5, 9000)])
def test_awkward_numbers_are_drawn(kol, da, own):
    seen = Comparison(own, 0.5, (0.0, 0.0, 0.5, 1.0, 1.0), 6, 100)
    chart = compose(
        kol.measure("spirometry"), kol, seen, "2026", "2. maj", da, "en praksis med et meget langt navn i byen"
    )
    assert Image.open(BytesIO(chart.render())).size == (720, 800)


def test_a_number_alone_stands_on_a_scale_from_zero(kol, da):
    seen = Comparison((313, 3424), None, None, 1, 1000)
    scale = compose(kol.measure("prevalence"), kol, seen, "2026", "2. maj", da, "jer").picture.scale
    assert [said for _, said in scale.ticks] == ["0", "25", "50", "75", "100", "125"]


def test_compose_refuses_a_comparison_made_for_another_unit(kol, da, invent):
    seen = compare(kol.measure("spirometry"), 1, invent(6), DisclosureRules())
    with pytest.raises(ValueError, match="comparison is per 100, measure prevalence is per 1000"):
        compose(kol.measure("prevalence"), kol, seen, "2026", "2. maj", da, "jer")


def test_axis_starts_at_zero_when_that_costs_little():
    assert axis(0.0103, 0.0281, 1000, 1.0) == (0.0, 0.03, (0.0, 0.01, 0.02, 0.03))


def test_axis_never_passes_a_hundred_percent():
    low, high, ticks = axis(0.62, 1.0, 100, 1.0)
    assert (low, high, ticks[-1]) == (0.6, 1.0, 1.0)


def test_spread_keeps_labels_apart_and_on_the_canvas():
    placed = spread([1100.0, 1105.0, 1110.0], [80.0, 120.0, 80.0], 1152)
    gaps = [b - a for a, b in pairwise(placed)]
    assert (placed[-1], gaps) == (1112.0, [100.0, 100.0])


def test_colours_meet_the_contrast_they_need():
    def luminance(colour):
        parts = [part / 255 for part in rgb(colour)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def against_white(colour):
        return 1.05 / (luminance(colour) + 0.05)

    assert [against_white(c) >= 4.5 for c in (palette.OWN, palette.REFERENCE, palette.TEXT, palette.FAINT_TEXT)] == [
        True
    ] * 4
    assert against_white(palette.OTHERS) >= 3


@pytest.mark.long
def test_a_chart_drawn_among_the_cluster_has_the_bytes_of_one_drawn_alone(kol, da, invent):
    """What pictures share are letters and marks: nothing of another practice's picture can be left in the bytes."""
    replies = invent(12)

    def charts_of(practices):
        for own in practices:
            seen = compare(kol.measure("spirometry"), own, replies, DisclosureRules())
            yield compose(kol.measure("spirometry"), kol, seen, "2026K1", "2. maj 2026", da, f"Praksis {own}")

    together = render_all(charts_of(replies))
    code = (
        "import pickle, sys; from measures.charts.chart import render_chart;"
        "sys.stdout.buffer.write(render_chart(pickle.load(sys.stdin.buffer)))"
    )
    chart = pickle.dumps(next(charts_of([7])))
    alone = subprocess.run([sys.executable, "-c", code], input=chart, capture_output=True, check=True).stdout
    assert alone == together[6]


def test_bytes_hold_nothing_that_the_picture_does_not_show(kol, da):
    """The same sight made from practices of other sizes, in another order, gives the same file, byte for byte."""

    def sees(values):
        seen = comparison(0, values, DisclosureRules(), per=100, own=(50, 100))
        return compose(kol.measure("spirometry"), kol, seen, "2026", "2. maj", da, "jer").render()

    small = {n: (10 * n, 100) for n in range(1, 10)}
    large = {10 - n: (70 * part, 70 * whole) for n, (part, whole) in small.items()}
    moved = small | {3: (40, 100), 4: (30, 100)}
    assert (sees(large) == sees(small), sees(moved) == sees(small), sees(small | {3: (31, 100)}) == sees(small)) == (
        *(True, True),
        False,
    )


@pytest.mark.parametrize("own", range(8))
def test_index_plane_holds_no_own_mark_but_the_readers(kol, da, own):
    """Read as plain numbers, in whatever colours: what is drawn in an own mark's shades lies at that mark alone."""
    values = {n: (20 + 10 * n, 100) for n in range(8)}
    seen = comparison(own, values, DisclosureRules(), per=100)
    picture = compose(kol.measure("spirometry"), kol, seen, "2026", "2. maj", da, "jer").picture
    picture = replace(picture, own=replace(picture.own, words=""), frame=replace(picture.frame, title=""))
    canvas = Raster()
    picture.draw(canvas)
    decoded = np.asarray(Image.open(BytesIO(canvas.png())))
    assert (decoded == canvas.plane).all()
    rows, columns = np.nonzero(np.isin(decoded, palette.RAMPS[palette.OWN][1:]))
    left, right = 48 + 24, 1080 - 48 - 40
    ends = [(left + (right - left) * share) * canvas.scale for share in (picture.own.low, picture.own.high)]
    assert (ends[0] - 8 < columns.min(), columns.max() < ends[1] + 8, rows.max() - rows.min() < 40) == (True,) * 3
    assert columns.size > 400


@pytest.mark.parametrize(
    ("size", "colours"),
    [((1000, 900), 16), ((130, 66), 5), ((64, 9), 16), ((7, 3), 1), ((70, 90), len(COLOURS)), ((20, 11), len(COLOURS))],
)
def test_every_pixel_comes_back_in_its_colour(size, colours):
    plane = np.random.default_rng(7).integers(0, colours, size, np.uint8)
    plane[size[0] // 3 : size[0] // 2] = 0
    written = encode(plane)
    assert set(chunks(written)) == {"IHDR", "PLTE", "IDAT", "IEND"}
    assert (pixels(written) == np.array([rgb(colour) for colour in COLOURS])[plane]).all()


def test_few_of_the_many_colours_take_half_a_byte():
    plane = np.full((40, 30), len(COLOURS) - 1, np.uint8)
    plane[5:9, 2:20] = 3
    written = encode(plane)
    assert (written[24], (pixels(written) == np.array([rgb(colour) for colour in COLOURS])[plane]).all()) == (4, True)
