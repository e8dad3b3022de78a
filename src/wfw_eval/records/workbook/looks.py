"""How the workbook looks; whatever a colour says, words or the style of the letters say too."""

from __future__ import annotations

import textwrap

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

TYPEFACE = "Calibri"
DARK, LIGHT, WHITE, INK, GREY, PALE = "00508A", "E3EDF5", "FFFFFF", "17181C", "595959", "ECECF0"

#: Points a line takes, and letters that fit a unit of column width, rather too few than too many.
LINE_HEIGHT, LETTERS = 15.5, 1.1

#: Dates and numbers stand left too, so that they do not touch the column after them.
ENTRY = Alignment(horizontal="left", vertical="center")

NEEDED = "wfw needed"
OPTIONAL = "wfw may be empty"
TEAM = "wfw evaluation team"
EXAMPLE_ROW = "wfw example"
TITLE = "wfw title"
SECTION = "wfw heading"
PLAIN = "wfw text"
STRONG = "wfw topic"
LINKED = "wfw link"


def styles() -> list[NamedStyle]:
    """Make the cell styles of a workbook; suppliers see them in the list of styles."""
    return [
        _heading(NEEDED, Font(TYPEFACE, 11, bold=True, color=WHITE), DARK),
        _heading(OPTIONAL, Font(TYPEFACE, 11, bold=True, italic=True, color=INK), LIGHT),
        _heading(TEAM, Font(TYPEFACE, 10, italic=True, color=GREY), WHITE),
        _heading(SECTION, Font(TYPEFACE, 11, bold=True, color=INK), PALE),
        NamedStyle(EXAMPLE_ROW, Font(TYPEFACE, 11, italic=True, color=GREY), alignment=ENTRY),
        _text(TITLE, Font(TYPEFACE, 16, bold=True, color=DARK), wrap=False),
        _text(PLAIN, Font(TYPEFACE, 11, color=INK)),
        _text(STRONG, Font(TYPEFACE, 11, bold=True, color=INK)),
        _text(LINKED, Font(TYPEFACE, 11, underline="single", color=DARK)),
    ]


def set_up_page(sheet: Worksheet, *, landscape: bool = True) -> None:
    """Print on A4, one page wide, with the sheet's name and page numbers below."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.left.text = "&A"
    sheet.oddFooter.right.text = "Page &P of &N"


def fit_row(sheet: Worksheet, row: int) -> None:
    """Make a row as high as its wrapped text needs; not every program does so by itself."""
    lines = 1
    for cell in sheet[row]:
        width = int(sheet.column_dimensions[cell.column_letter].width * LETTERS)
        parts = str(cell.value or "").splitlines()
        lines = max(lines, sum(max(1, len(textwrap.wrap(part, width))) for part in parts))
    sheet.row_dimensions[row].height = lines * LINE_HEIGHT + 3


def mark_headings(sheet: Worksheet, name: str, last_row: int) -> None:
    """Mark row 1 as the headings of a table: for screen readers, filters, scrolling, printing."""
    last = get_column_letter(sheet.max_column)
    sheet.add_table(Table(displayName=name, ref=f"A1:{last}{last_row}"))
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    set_up_page(sheet)


def _heading(name: str, font: Font, fill: str) -> NamedStyle:
    line = Side("medium" if name == NEEDED else "thin", color=INK)
    return NamedStyle(
        name,
        font=font,
        fill=PatternFill("solid", fgColor=fill),
        border=Border(bottom=line),
        alignment=Alignment(vertical="center"),
    )


def _text(name: str, font: Font, *, wrap: bool = True) -> NamedStyle:
    return NamedStyle(name, font=font, alignment=Alignment(vertical="top", wrap_text=wrap))
