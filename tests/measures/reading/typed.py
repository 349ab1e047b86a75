"""Workbooks with every type of cell and everything that is said beside cells, in each format that people send."""

import struct
from io import BytesIO

import xlsxwriter

from tests.measures import makers

CELLS = ("2026-05-02", "2026-05-02 14:30:00", "14:30:00", "26:03:00", True, 0.5, 130, "ord", "#DIV/0!", 1.25)
"""The second row of each, one cell of each type, as they are read."""
HIDDEN_ROW, HIDDEN_COLUMN, PERCENT, MERGED = 2, 6, (1, 5), (3, 0, 4, 2)
"""The third row and column G are hidden, F2 is shown in per cent, A4:C5 are one cell."""
DAY, STAMP, TIME, HOURS = 46144, 46144 + 14.5 / 24, 14.5 / 24, 26.05 / 24


def typed_xlsx() -> bytes:
    """As Excel saves it."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet("Ark1")
        page.set_row(HIDDEN_ROW, None, None, {"hidden": True})
        page.set_column(HIDDEN_COLUMN, HIDDEN_COLUMN, None, None, {"hidden": True})
        page.write_row(0, 0, [f"h{n}" for n in range(len(CELLS))])
        for column, (value, form) in enumerate(
            ((DAY, "dd-mm-yyyy"), (STAMP, "dd-mm-yyyy hh:mm"), (TIME, "hh:mm"), (HOURS, "[h]:mm"))
        ):
            page.write_number(1, column, value, book.add_format({"num_format": form}))
        page.write_boolean(1, 4, True)
        page.write_number(1, 5, 0.5, book.add_format({"num_format": "0.0%"}))
        page.write_number(1, 6, 130, book.add_format({"num_format": '0" %"'}))
        page.write_string(1, 7, "ord")
        page.write_formula(1, 8, "=1/0", None, "#DIV/0!")
        page.write_formula(1, 9, "=5/4", None, 1.25)
        page.write_row(2, 0, ["skjult", 1])
        page.merge_range(*MERGED, "bånd")
        page.write_number(4, 3, 7)
    return buffer.getvalue()


def typed_ods() -> bytes:
    """As LibreOffice saves it."""
    cells = "".join(
        (
            '<table:table-cell office:value-type="date" office:date-value="2026-05-02"><text:p>02.05.26</text:p>'
            "</table:table-cell>",
            '<table:table-cell office:value-type="date" office:date-value="2026-05-02T14:30:00"/>',
            '<table:table-cell office:value-type="time" office:time-value="PT14H30M00S"/>',
            '<table:table-cell office:value-type="time" office:time-value="PT26H03M00S"/>',
            '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>',
            '<table:table-cell office:value-type="percentage" office:value="0.5"><text:p>50%</text:p>'
            "</table:table-cell>",
            '<table:table-cell office:value-type="float" office:value="130"/>',
            '<table:table-cell office:value-type="string"><text:p>ord</text:p></table:table-cell>',
            '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" '
            'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>',
            '<table:table-cell table:formula="of:=5/4" office:value-type="float" office:value="1.25"/>',
        )
    )
    word = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    heads = "".join(word.format(f"h{n}") for n in range(10))
    columns = (
        '<table:table-column table:number-columns-repeated="6"/><table:table-column table:visibility="collapse"/>'
        '<table:table-column table:number-columns-repeated="3"/>'
    )
    rows = (
        f"<table:table-row>{heads}</table:table-row><table:table-row>{cells}</table:table-row>"
        f'<table:table-row table:visibility="collapse">{word.format("skjult")}'
        '<table:table-cell office:value-type="float" office:value="1"/></table:table-row>'
        '<table:table-row><table:table-cell table:number-columns-spanned="3" table:number-rows-spanned="2" '
        'office:value-type="string"><text:p>bånd</text:p></table:table-cell>'
        '<table:covered-table-cell table:number-columns-repeated="2"/></table:table-row>'
        '<table:table-row><table:covered-table-cell table:number-columns-repeated="3"/>'
        '<table:table-cell office:value-type="float" office:value="7"/></table:table-row>'
    )
    return makers.ods_of(f'<table:table table:name="Ark1">{columns}{rows}</table:table>')


def typed_xls() -> bytes:
    """As Excel 97–2003 saves it."""
    record = makers.record
    forms = {164: "dd-mm-yyyy", 165: "dd-mm-yyyy hh:mm", 166: "hh:mm", 167: "[h]:mm", 168: "0.0%", 169: '0" %"'}
    head = b"".join(
        record(0x041E, struct.pack("<HHB", place, len(form), 0) + form.encode("latin-1"))
        for place, form in forms.items()
    )
    styles = [0] * 15 + list(forms)
    head += b"".join(record(0x00E0, struct.pack("<HHH", 0, form, 0) + bytes(14)) for form in styles)
    number = 0x0203
    body = record(0x007D, struct.pack("<6H", HIDDEN_COLUMN, HIDDEN_COLUMN, 2304, 15, 1, 0))
    body += record(0x0208, struct.pack("<8H", HIDDEN_ROW, 0, 10, 255, 0, 0, 0x20, 15))
    body += b"".join(makers.label(0, column, f"h{column}") for column in range(10))
    for column, value in enumerate((DAY, STAMP, TIME, HOURS)):
        body += record(number, struct.pack("<HHHd", 1, column, 15 + column, value))
    body += record(0x0205, struct.pack("<HHHBB", 1, 4, 0, 1, 0))
    body += record(number, struct.pack("<HHHd", 1, 5, 19, 0.5)) + record(number, struct.pack("<HHHd", 1, 6, 20, 130.0))
    body += makers.label(1, 7, "ord") + record(0x0205, struct.pack("<HHHBB", 1, 8, 0, 7, 1))
    body += record(0x0006, struct.pack("<HHHdHIH", 1, 9, 0, 1.25, 0, 0, 0))
    body += (
        makers.label(2, 0, "skjult") + record(number, struct.pack("<HHHd", 2, 1, 0, 1.0)) + makers.label(3, 0, "bånd")
    )
    top, left, bottom, right = MERGED
    body += record(number, struct.pack("<HHHd", 4, 3, 0, 7.0))
    body += record(0x00E5, struct.pack("<5H", 1, top, bottom, left, right))
    return makers.xls_of(head, ("Ark1", body))
