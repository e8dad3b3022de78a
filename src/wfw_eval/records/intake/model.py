"""What intake works on and hands back: sheets, repairs, and the log of files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from wfw_eval.errors import Problem


@dataclass(frozen=True, slots=True)
class Repair:
    """One thing that was read otherwise than it stood there, or set aside.

    Attributes:
        file: The file as the user knows it.
        sheet: The sheet; none in a file without sheets.
        row: Row number as a spreadsheet shows it; none if it concerns the sheet or file as a whole.
        column: Column of the contract, or the heading as it stands there.
        before: What stood there.
        after: What it was read as; empty if it was set aside.
        what: What was done, in a few words.
    """

    file: str
    sheet: str | None
    row: int | None
    column: str | None
    before: str
    after: str
    what: str


@dataclass(frozen=True)
class Unreadable:
    """A cell whose content is not in the file: an error value or a formula never calculated."""

    shown: str
    rule: str
    next_step: str

    def __str__(self) -> str:
        return self.shown


@dataclass(frozen=True)
class Sheet:
    """One sheet, or one file without sheets, as read, before it is known which table it holds.

    Attributes:
        file: The file as the user knows it.
        name: The sheet; none in a file without sheets.
        stem: File name without its ending, which may name the table.
        cells: Cells of the rows that hold anything, by row number.
        typed: Whether cells have types, as in a workbook, or are all text.
        decimal_comma: Whether the file may write decimals with a comma.
        epoch_1904: Whether serial numbers of dates count from 1904.
        widths: Number of cells of each row, where rows may differ in length by mistake.
        merged: Ranges of cells merged downwards: first row, last row, column.
        broken: Rows that could not be taken apart; each has a problem.
        repairs: What was done while reading.
        problems: What was found wrong while reading.
    """

    file: str
    name: str | None
    stem: str
    cells: pd.DataFrame
    typed: bool = False
    decimal_comma: bool = False
    epoch_1904: bool = False
    widths: pd.Series | None = None
    merged: tuple[tuple[int, int, int], ...] = ()
    broken: frozenset[int] = frozenset()
    repairs: tuple[Repair, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def place(self) -> str:
        """The sheet in words, as problems name it."""
        return self.file if self.name is None else f"{self.file}, sheet {self.name!r}"

    def problem(
        self, row: int | None, column: str | None, value: object, rule: str, next_step: str
    ) -> Problem:
        """Make a problem of this sheet."""
        found = None if value is None or value == "" else str(value)
        return Problem(self.place, row, column, found, rule, next_step)

    def repair(
        self, row: int | None, column: str | None, before: object, after: str, what: str
    ) -> Repair:
        """Make a repair of this sheet."""
        return Repair(self.file, self.name, row, column, str(before), after, what)


@dataclass(frozen=True)
class SheetRead:
    """What one sheet gave.

    Attributes:
        sheet: The sheet; none in a file without sheets.
        table: The table it was taken for, if any.
        rows: Rows that hold anything, with the heading and what stands above it.
        loaded: Rows that are in the table.
        set_aside: Rows that are not records or were there before; each is listed as a repair.
        left_out: Rows with a problem.
        why: Why nothing, or less than everything, was read.
    """

    sheet: str | None
    table: str | None
    rows: int
    loaded: int = 0
    set_aside: int = 0
    left_out: int = 0
    why: str = ""


@dataclass(frozen=True)
class FileRead:
    """What one file gave, sheet by sheet, or why nothing."""

    file: str
    sheets: tuple[SheetRead, ...] = ()
    why: str = ""

    @property
    def rows(self) -> dict[str, int]:
        """Rows loaded, by table."""
        found: dict[str, int] = {}
        for sheet in self.sheets:
            if sheet.table is not None:
                found[sheet.table] = found.get(sheet.table, 0) + sheet.loaded
        return found


@dataclass(frozen=True)
class Intake:
    """Everything that came of reading some files.

    Attributes:
        tables: Tables by name; text cells as in the CSV files, columns in the contract's order.
        repairs: Everything that was read otherwise than it stood there.
        problems: Everything that could not be read.
        files: What each file gave.
        origins: For each table, the file, sheet and row of each of its rows.
    """

    tables: Mapping[str, pd.DataFrame]
    repairs: tuple[Repair, ...] = ()
    problems: tuple[Problem, ...] = ()
    files: tuple[FileRead, ...] = ()
    origins: Mapping[str, pd.DataFrame] = field(default_factory=dict)
