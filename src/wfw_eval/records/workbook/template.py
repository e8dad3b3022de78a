"""Making the workbook, the same bytes for the same contracts."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd
from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.writer.excel import ExcelWriter

from wfw_eval.records.contract import Contract
from wfw_eval.records.workbook import looks
from wfw_eval.records.workbook.columns import CODES_SHEET
from wfw_eval.records.workbook.examples import example_rows
from wfw_eval.records.workbook.guidance import add_guidance, add_readme
from wfw_eval.records.workbook.sheets import add_codes_sheet, add_table_sheet

#: Stands for the time of making, which would change the bytes.
MADE = dt.datetime(2023, 1, 1)
MADE_IN_ZIP = (1980, 1, 1, 0, 0, 0)
CREATOR = "wfw_eval"


def write_template(
    path: Path,
    contracts: Sequence[Contract],
    *,
    title: str,
    supplier: str | None = None,
    examples: Mapping[str, pd.DataFrame] | None = None,
) -> None:
    """Write the workbook that a supplier fills in: the same input gives the same bytes.

    Args:
        path: Where to write the .xlsx file.
        contracts: The tables, one sheet each, in this order.
        title: Title of the workbook.
        supplier: Who fills it in: a supplier code, or a name. It chooses no tables.
        examples: Rows by table to take the example rows from; made up where there are none.
    """
    book = Workbook()
    book.remove(book.active)
    for style in looks.styles():
        book.add_named_style(style)
    add_readme(book, contracts, title, supplier)
    add_guidance(book, contracts)
    codes = add_codes_sheet(book, contracts)
    for contract in contracts:
        rows = example_rows(contract, (examples or {}).get(contract.name))
        add_table_sheet(book, contract, rows, codes)
    if codes:
        book.move_sheet(CODES_SHEET, offset=len(contracts))
    book.properties = DocumentProperties(
        title=title, creator=CREATOR, language="en-GB", created=MADE, modified=MADE
    )
    path.write_bytes(_packed(book))


def _packed(book: Workbook) -> bytes:
    """Zip a workbook with its parts in order and no trace of the clock."""
    made, packed = io.BytesIO(), io.BytesIO()
    ExcelWriter(book, ZipFile(made, "w")).save()  # Workbook.save would write the time
    with ZipFile(made) as source, ZipFile(packed, "w") as target:
        for name in sorted(source.namelist()):
            part = ZipInfo(name, MADE_IN_ZIP)
            part.compress_type = ZIP_DEFLATED
            part.create_system = 0  # the same on every machine
            target.writestr(part, source.read(name))
    return packed.getvalue()
