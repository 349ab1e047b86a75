"""Problems in words: what was found where, what was expected, and how to correct it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from measures.checking import amounts
from measures.reading.problems import Problem, Where, repair_of
from measures.texts import N_, Texts, choose

SENTENCES: dict[str, str] = {
    # the file as such
    "empty_file": N_("The file is empty. Fill in the template and send it again."),
    "too_big": N_("The file is larger than {most} MB. Send only the counts, or type them right here."),
    "too_many_rows": N_("The file has more rows than I can read ({most}). Send only your own practice's counts."),
    "too_much_inside": N_(
        "The file unpacks to far more than a table of counts. Use the template, or type the numbers."
    ),
    "too_slow": N_("The file took too long to read. Use the template, or type the numbers right here."),
    "hostile_file": N_(
        "The file could not be read safely, so it was not opened. Use the template, or type the numbers."
    ),
    "broken_file": N_("The file is damaged and can't be opened. Save it again as .xlsx or .csv and send it once more."),
    "not_counted": N_(
        "Here is a formula without its result: a program wrote the workbook, and nobody has opened it since. "
        "Open it in Excel, save it, and send it again."
    ),
    "password": N_("The file is locked with a password. Save a copy without a password and send that."),
    "wrong_kind_pdf": N_("This is a PDF, and I can't read numbers from it. Use the template, or type the numbers."),
    "wrong_kind_old_office": N_(
        "The file is in an old Office format (.xls or .doc). Save it as .xlsx and send it again."
    ),
    "wrong_kind_macros": N_("The workbook may hold macros, so it was not opened. Save it as .xlsx and send it again."),
    "wrong_kind_binary_workbook": N_(
        "This kind of workbook (.xlsb) can't be read. Save it as .xlsx and send it again."
    ),
    "wrong_kind_xml_workbook": N_("The file is in an old XML format. Save it as .xlsx and send it again."),
    "wrong_kind_embedded": N_("The workbook holds another file inside it. Take that out, and send the workbook again."),
    "wrong_kind_document": N_(
        "This is a text document, not a table. Use the template, or type the numbers right here."
    ),
    "wrong_kind_image": N_(
        "This is a picture, and I can't read numbers from it. Use the template, or type the numbers."
    ),
    "wrong_kind_web_page": N_(
        "This is a web page, even when its name ends in .xls. Open it in Excel, save it as .xlsx, and send that. "
        "If it shows a login page, fetch the numbers again."
    ),
    "wrong_kind_numbers": N_(
        "This is an Apple Numbers file. Choose File → Export To → Excel there, and send the .xlsx."
    ),
    "wrong_kind_flat_document": N_(
        "This is a flat OpenDocument file (.fods). Save it as .ods or .xlsx, and send that."
    ),
    "wrong_kind_mail": N_("This is an e-mail. Take out the spreadsheet attached to it, and send only that."),
    "wrong_kind_recording": N_(
        "That is a recording, and I can't listen. Write it to me instead, for instance the numbers one by one."
    ),
    "wrong_kind_page": N_(
        "That is a page written in Slack, not a file. Send me the numbers in a message, or send a file (.xlsx or .csv) "
        "from your computer."
    ),
    "wrong_kind_link": N_(
        "That is a link to a file stored elsewhere (Google Drive, OneDrive or the like), and I can't open it there. "
        "Download it as .xlsx and send the file itself here."
    ),
    "wrong_kind_archive": N_("This is a packed file. Unpack it and send the spreadsheet itself."),
    "wrong_kind_other": N_(
        "This is not a spreadsheet or a CSV file. Use the template, or type the numbers right here."
    ),
    # personal content
    "cpr": N_("Here is something that looks like a CPR number. Nothing from the file was kept. Send counts only."),
    "patient_list": N_("This looks like a list of patients. Nothing from the file was kept. Send counts only."),
    "plo_format": N_("This looks like patient records (PLO format). Nothing from the file was kept. Send counts only."),
    # finding the numbers
    "no_known_columns": N_("I do not know any of the column headings. Use these: {expected} – or use the template."),
    "named_twice": N_("“{field}” appears twice, so I don't know which number is right. Delete one of them."),
    "several_rows": N_("There are {n} rows with numbers, and I need one for your practice. Keep only that one."),
    "several_sheets": N_("There are {n} sheets with different numbers. Keep only the one for this period."),
    "several_columns": N_("There are several columns with numbers. Keep only the one for this period."),
    "no_numbers": N_("There are column headings but no numbers. Write the numbers and send the file again."),
    "wrong_practice": N_(
        "The practice number is {found}, but you are registered with {expected}. Is it the right file?"
    ),
    "wrong_period": N_(
        "The file says {found}, but the numbers must be from {expected}. Fetch the numbers for that period."
    ),
    "row_too_long": N_(
        "The row has {n} cells, but there are {expected_n} column headings, so I can't tell which number belongs "
        "where. Is there a comma in a number? Save the file as .xlsx and send it again."
    ),
    "row_too_short": N_(
        "The row has {n} cells, but there are {expected_n} column headings, so I can't tell which number belongs "
        "where. Save the file as .xlsx and send it again."
    ),
    "only_rates": N_(
        "All the numbers are shares or rates, and I need the number of patients. Fetch the counts instead."
    ),
    "not_own_columns": N_(
        "The column headings say that the numbers are something other than what I ask for: only a part, the opposite "
        "or others' numbers. Send your practice's own."
    ),
    "example_sheet": N_("The numbers are on a sheet that is called an example. Write yours on a sheet of their own."),
    "practice_twice": N_("The practice {found} appears in {n} rows. Keep only one of them."),
    "rows_apart": N_(
        "The practice {found} appears in {n} rows. Column {column} “{heading}” tells them apart: {values}. Keep one "
        "row for each practice."
    ),
    "owner_unknown": N_(
        "I recognise the numbers, but not whose they are: none of the practices that were asked appears in column "
        "{column} “{heading}”. Write their practice numbers or their names there."
    ),
    "owner_missing": N_(
        "I recognise the numbers, but not whose they are. Put the practice number or the name of the practice in a "
        "column of its own."
    ),
    "owner_clash": N_("The number and the name in this row do not belong to the same practice. Correct one of them."),
    "practice_missing": N_("{name} is not in the file."),
    # one number
    "unreadable": N_("{field}: I can't read “{found}” as a number. Write a whole number, for instance 96."),
    "not_whole": N_("{field}: “{found}” is not a whole number. Write the number of patients, for instance 96."),
    "percent_not_count": N_("{field}: “{found}” is a percentage. Write the number of patients instead."),
    "unit_not_count": N_("{field}: the column is per {per}. Send the number of patients instead."),
    "ratio_not_count": N_("{field}: the column is a rate or a share. Send the number itself instead."),
    "too_many_decimals": N_("{field}: I keep at most {places} decimals. Write the number with fewer."),
    "percent_range": N_("{field}: {found} is not a percentage. Write a whole number from 0 to 100."),
    "suppressed": N_("{field}: “{found}” hides the number. Write the exact number – colleagues never see it."),
    "negative": N_("{field}: {found} is below zero. Write 0 or a larger number."),
    "formula_error": N_(
        "{field}: the spreadsheet shows the error {found}. Correct the formula, or write the number itself."
    ),
    "part_larger_than_whole": N_("{field} ({part}) can't be larger than {whole_field} ({whole}). Are the two swapped?"),
    "parts_exceed_whole": N_("The parts add up to {part}, more than {field} ({whole}). Do the groups overlap?"),
    "nothing_to_use": N_(
        "There are too few numbers to calculate anything from. Fill in at least one more, and send it again."
    ),
    # worth a question
    "heading_guessed": N_("Is “{found}” the same as “{field}”?"),
    "heading_unclear": N_("This column heading can mean “{field}” or “{other_field}”, so I did not use it."),
    "heading_beside": N_(
        "“{field}” is above an empty column, and there are numbers in the next one. Are those the right ones?"
    ),
    "other_practice": N_("It says “{found}”, but you answer for {expected}. Are these the numbers of {expected}?"),
    "total_row": N_("The row is called “{found}”. Are these your practice's own numbers?"),
    "part_row": N_("The row is for “{found}” only. Are those the ones I am asking for?"),
    "title_doubt": N_("It says “{found}” there. Are the numbers still the ones I am asking for?"),
    "sheet_doubt": N_("The sheet is called “{found}”. Are the numbers still the ones I am asking for?"),
    "one_sheet": N_("I read this sheet, because the other one with numbers does not fit. Is it the right one?"),
    "hidden_row": N_("The row is hidden in the spreadsheet. Are these the right numbers?"),
    "hidden_column": N_("The column is hidden in the spreadsheet. Is it the right one?"),
    "other_time": N_("{field} is there for {found} only, so it is left out. Will you send the rest without it?"),
    "name_guessed": N_("I take this to be {name}. Is that right?"),
    "not_shown": N_(
        "{field}: “{found}” is neither a number nor 0. Write 0 if there are none. Will you send the rest without it?"
    ),
    "left_out": N_("{field} is left out, because it can't be used as it is."),
    "unit_left_out": N_("“{field}” is per {per}, and I need the number itself, so it is left out. Is that all right?"),
    "ratio_left_out": N_(
        "“{field}” is a rate or a share, and I need the number itself, so it is left out. Is that all right?"
    ),
    "point_thousands": N_(
        "“{field}” is written with points, as in 1.234. I read them as thousands, which makes it 1234. Is that right?"
    ),
    "column_rounded": N_(
        "“{field}” has decimals, and I round them. That changes small numbers by more than 1%. Is that all right?"
    ),
    "all_zero": N_("All numbers are 0. Is that right, or did the search find nothing?"),
    "rate_differs": N_("{field}: the file says {found} per {per}, but the counts give {value}. Is one of them wrong?"),
    "type_again": N_(
        "{field}: {said}. That is far outside what is usual ({usual}). Type the number again if it is right."
    ),
    "over_half": N_("{field}: {said}. That is more than half of the total. Type the number again if it is right."),
    "unusual": N_("{field}: {said}. That is outside what is usual ({usual}). Is the number right?"),
    "period_differs": N_(
        "The file says {found}, but I asked for {expected_from} to {expected_to}. Is it the right file?"
    ),
    "period_lump": N_(
        "The file says {found}. That is several years in one number, and I asked for {expected_from} to {expected_to}. "
        "Will you send it anyway?"
    ),
    "missing_field": N_("{field} is missing. Will you send the rest without it?"),
    "missing_value": N_("{field} is blank. Will you send the rest without it?"),
    "assumed": N_("{field}: I read “{found}” as {value}. Is that right?"),
    "list_size_differs": N_("{field}: you write {value}, but {listed} are on file. Is {value} right?"),
    "small_base": N_(
        "{field}: {value} is not many. Below {least}, a percentage says very little. Is the number right?"
    ),
    "small_count": N_("{field}: {value} is a small number. Is it right?"),
    "zero_count": N_("{field}: you write 0. Are there none at all, or is the number unknown?"),
    "changed_much": N_("{field}: last time {before}. Now {said}. Is such a large change right?"),
    "same_as_last": N_("The numbers are exactly the same as last time. Have they been counted again?"),
    # good to know
    "number_mended": N_("The practice number “{found}” is read as {expected}."),
    "rounded": N_("{field}: {found} is rounded to {value}."),
    "column_rounded_little": N_("“{field}” has decimals. I round them."),
    "listed_from_register": N_("{field} was not in your answer, so I use the number on file: {listed}."),
    "other_rows_ignored": N_("I have only read your own row. The other rows with numbers ({n}) were not kept."),
    "hidden_sheet_ignored": N_("The file has a hidden sheet. I did not use anything from it."),
}

PLACES = {
    "comments": N_("Comments in the file"),
    "properties": N_("The file's properties"),
    "drawings": N_("Text boxes in the file"),
    "formulas": N_("Formulas and names in the file"),
    "charts": N_("A chart in the file"),
    "links": N_("Links in the file"),
    "leftovers": N_("Somewhere in the file that no cell shows"),
}


def describe(problem: Problem, t: Texts) -> str:
    """The problem as a sentence or two in the reader's language, with its place in front. Plain text, not escaped."""
    params = {name: _said(value, t) for name, value in problem.params.items()}
    said = t(SENTENCES[problem.code], **params, found=problem.found or "", expected=problem.expected or "")
    where = place(problem.where, t) if problem.where else ""
    return f"{where}: {said}" if where else said


def describe_all(problems: Iterable[Problem], t: Texts, most: int = 5) -> list[str]:
    """The problems as sentences by what fixes them, at most `most` of each, then how many more there are."""
    grouped: dict[str, list[Problem]] = {}
    for problem in problems:
        grouped.setdefault(repair_of(problem.code), []).append(problem)
    lines: list[str] = []
    for group in grouped.values():
        lines += [describe(problem, t) for problem in group[:most]]
        if len(group) > most:
            rest = len(group) - most
            lines.append(t.n("… and {n} more place of the same kind", "… and {n} more places of the same kind", rest))
    return lines


def place(where: Where, t: Texts) -> str:
    """A place as a person finds it: sheet, row and column."""
    parts: list[str] = []
    if where.sheet in PLACES:
        parts.append(t(PLACES[where.sheet]))
    elif where.sheet:
        parts.append(t("Sheet “{name}”", name=where.sheet))
    if where.row:
        parts.append(t("row {row}", row=where.row))
    if where.column:
        parts.append(t("column {column}", column=where.column))
    said = ", ".join(parts)
    return said[:1].upper() + said[1:]


def _said(value: object, t: Texts) -> object:
    if isinstance(value, Mapping):
        return amounts.said(value, t) if "per" in value else choose(value, t.lang)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return t.given(value)
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return t.date(date.fromisoformat(value))
    return value
