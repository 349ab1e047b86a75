"""A chart of the projector's as a chart that can be edited: the part of a presentation, and the workbook behind it.

A workbook holds every number of its chart to the last digit. So nothing goes into it but what the picture draws for the
same eyes: the rings as rounded and held back for it, sorted, moved to the end of the axis where they lie beyond it, and
the lines with the figures that are written beside them. Charts with letters or names are left as pictures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from xml.sax.saxutils import escape

from measures.deck.slides_parts import DRAWING, HEAD, OFFICE, relations, writable
from measures.drawing import palette
from measures.drawing.forms.frame import Scale
from measures.drawing.forms.lanes import Lanes, stacks

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
SHEET = "Data"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
EARLIEST = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""A workbook wants a time; the same chart is to give the same bytes."""
LOW = 8.0
"""How many rings high the chart is at least, so that few stand together at its floor."""
RING = 0.028
"""How wide a ring is, of the axis."""
X, Y = "50010", "50020"


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A row of points with a name: rings, or a line from the floor to the top."""

    name: str
    across: tuple[float, ...]
    up: tuple[float, ...]
    colour: str
    is_line: bool = False
    is_dashed: bool = False


def may_be_edited(picture: object) -> bool:
    """Whether a picture can be a chart: rings without letters, and nobody's own mark."""
    return isinstance(picture, Lanes) and picture.own is None and not picture.labels and bool(picture.others)


def rows_of(picture: Lanes, practices: str, per: int) -> list[ChartRow]:
    """What is drawn, as rows: `practices` names the rings; shares are given per `per` where that is not 100."""
    scale = picture.scale
    shown = [min(max(value, scale.low), scale.high) for value in picture.others]
    levels = stacks([scale.at(value, 0.0, 1.0) for value in shown], RING)
    top = max(levels) + 2.0 if max(levels) > LOW else LOW
    rings = ChartRow(practices, _written(shown, per), tuple(level + 1.0 for level in levels), palette.OTHERS)
    lines = [
        ChartRow(
            writable(f"{line.label}: {line.value}"),
            _written([min(max(line.share, scale.low), scale.high)] * 2, per),
            (0.0, top),
            palette.TEXT if line.kind == "cluster" else palette.REFERENCE,
            is_line=True,
            is_dashed=line.kind != "cluster",
        )
        for line in picture.lines
    ]
    return [rings, *lines]


def _written(shares: Sequence[float], per: int) -> tuple[float, ...]:
    """As the axis has them: shares of one where it is in per cent."""
    return tuple(round(share * (1 if per == 100 else per), 6) for share in shares)


def workbook(rows: Sequence[ChartRow]) -> bytes:
    """The numbers behind the chart: two columns a row, and nothing that tells who wrote them or when."""
    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": EARLIEST})
        page = book.add_worksheet(SHEET)
        for number, row in enumerate(rows):
            page.write_string(0, 2 * number + 1, row.name)
            for column, values in ((2 * number, row.across), (2 * number + 1, row.up)):
                page.write_column(1, column, values)
    return out.getvalue()


def chart_part(rows: Sequence[ChartRow], scale: Scale, per: int) -> str:
    """The chart itself (ECMA-376, part 1, 21.2); its workbook is its first relation."""
    series = "".join(_series(number, row) for number, row in enumerate(rows))
    ends = _written([scale.low, scale.high], per)
    tall = max(LOW, *(value for row in rows for value in row.up))
    shape = "0%" if per == 100 else "General"
    return (
        f'{HEAD}<c:chartSpace xmlns:c="{CHART}" xmlns:a="{DRAWING}" xmlns:r="{OFFICE}"><c:roundedCorners val="0"/>'
        '<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/><c:scatterChart>'
        f'<c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>{series}<c:axId val="{X}"/><c:axId val="{Y}"/>'
        f"</c:scatterChart>{_axis(X, Y, ends, shape)}{_axis(Y, X, (0.0, tall), 'General', hidden=True)}"
        '</c:plotArea><c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend><c:plotVisOnly val="1"/>'
        '<c:dispBlanksAs val="gap"/></c:chart><c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1600"/></a:pPr>'
        '<a:endParaRPr/></a:p></c:txPr><c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData>'
        "</c:chartSpace>"
    )


def _series(number: int, row: ChartRow) -> str:
    x, y = LETTERS[2 * number], LETTERS[2 * number + 1]
    last = len(row.across) + 1
    fill = f'<a:solidFill><a:srgbClr val="{row.colour[1:]}"/></a:solidFill>'
    dashes = '<a:prstDash val="dash"/>' if row.is_dashed else ""
    line = f'<a:ln w="38100">{fill}{dashes}</a:ln>' if row.is_line else '<a:ln w="19050"><a:noFill/></a:ln>'
    ring = (
        f'<c:marker><c:symbol val="circle"/><c:size val="16"/><c:spPr>{fill}<a:ln w="19050"><a:solidFill>'
        '<a:srgbClr val="FFFFFF"/></a:solidFill></a:ln></c:spPr></c:marker>'
    )
    mark = '<c:marker><c:symbol val="none"/></c:marker>' if row.is_line else ring
    name = f'<c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(row.name)}</c:v></c:pt></c:strCache>'
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>'
        f"<c:tx><c:strRef><c:f>{SHEET}!${y}$1</c:f>{name}</c:strRef></c:tx><c:spPr>{line}</c:spPr>{mark}"
        f"<c:xVal>{_numbers(f'{SHEET}!${x}$2:${x}${last}', row.across)}</c:xVal>"
        f"<c:yVal>{_numbers(f'{SHEET}!${y}$2:${y}${last}', row.up)}</c:yVal>"
        '<c:smooth val="0"/></c:ser>'
    )


def _numbers(place: str, values: Sequence[float]) -> str:
    points = "".join(f'<c:pt idx="{at}"><c:v>{value!r}</c:v></c:pt>' for at, value in enumerate(values))
    cache = f'<c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>{points}'
    return f"<c:numRef><c:f>{place}</c:f><c:numCache>{cache}</c:numCache></c:numRef>"


def _axis(name: str, other: str, ends: Sequence[float], shape: str, *, hidden: bool = False) -> str:
    return (
        f'<c:valAx><c:axId val="{name}"/><c:scaling><c:orientation val="minMax"/><c:max val="{ends[1]!r}"/>'
        f'<c:min val="{ends[0]!r}"/></c:scaling><c:delete val="{int(hidden)}"/>'
        f'<c:axPos val="{"l" if hidden else "b"}"/><c:numFmt formatCode="{shape}" sourceLinked="0"/>'
        '<c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f'<c:crossAx val="{other}"/><c:crosses val="min"/><c:crossBetween val="midCat"/></c:valAx>'
    )


def frame(name: str, told: str, place: str) -> str:
    """The chart on its slide; `name` is of the relation, `told` what is heard instead of it, `place` an ``a:off`` and
    ``a:ext``; both quoted."""
    return (
        f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="3" name="Chart" descr={told}/><p:cNvGraphicFramePr/>'
        f'<p:nvPr/></p:nvGraphicFramePr><p:xfrm>{place}</p:xfrm><a:graphic><a:graphicData uri="{CHART}">'
        f'<c:chart xmlns:c="{CHART}" r:id="{name}"/></a:graphicData></a:graphic></p:graphicFrame>'
    )


def parts_of(number: int, rows: Sequence[ChartRow], scale: Scale, per: int) -> Iterator[tuple[str, str | bytes]]:
    """The files of one chart, numbered as its slide is."""
    yield f"ppt/charts/chart{number}.xml", chart_part(rows, scale, per)
    yield f"ppt/charts/_rels/chart{number}.xml.rels", relations([("package", f"../embeddings/chart{number}.xlsx")])
    yield f"ppt/embeddings/chart{number}.xlsx", workbook(rows)
