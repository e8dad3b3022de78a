"""The chapter a notebook writes: results, tables, figures and prose, each with an address."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from IPython.display import display

from wfw_eval.chapters.blocks import Numbering
from wfw_eval.chapters.display import bundle
from wfw_eval.chapters.prose import Number, Reference, parts
from wfw_eval.chapters.record import (
    Column,
    FigureRecord,
    Header,
    Provenance,
    Record,
    Role,
    Rows,
    SayRecord,
    Stored,
    TableRecord,
    stored_rows,
)
from wfw_eval.chapters.view import gated
from wfw_eval.chapters.words import long_date
from wfw_eval.disclosure.primary import primary_reason
from wfw_eval.errors import ChapterError, nearest
from wfw_eval.evaluation import Evaluation, open_evaluation
from wfw_eval.metrics.result import Result
from wfw_eval.records.contracts import CONTRACTS


class Chapter:
    """One chapter of an evaluation, as its notebook writes it.

    Everything shown is recorded under an address, and appears in the notebook as it would be
    published on its own: small counts withheld.
    """

    def __init__(self, number: str, evaluation: Evaluation) -> None:
        self.number = number
        self.evaluation = evaluation
        self._stored: list[Stored] = []
        self._numbering = Numbering()
        self._emit(self._header(), self._standing_results())

    @property
    def results(self) -> Mapping[str, Result]:
        """Every result registered so far, by full address."""
        return {
            address: result for item in self._stored for address, result in item.results.items()
        }

    def read(self, table: str) -> pd.DataFrame:
        """Return a table as it stood at the data cut.

        Raises:
            InputError: there is no such table, or it breaks its contract.
        """
        return self.evaluation.read(table)

    def read_if_received(self, table: str) -> pd.DataFrame | None:
        """Return a table as :meth:`read` does, or None if it was not received."""
        return self.read(table) if self.evaluation.has(table) else None

    def register(
        self,
        address: str,
        results: Mapping[str, Result] | Result,
        partitions: Sequence[Sequence[str]] = (),
    ) -> None:
        """Put results under addresses, without showing anything.

        Args:
            address: Address within the chapter.
            results: One result, or results by the name that follows the address.
            partitions: Lists of result cells that add up to a total that a reader knows; a list
                may begin with "= cell", the cell that the rest add up to.
        """
        named = {"": results} if isinstance(results, Result) else results
        full = {self._full(".".join(filter(None, (address, name)))): result
                for name, result in named.items()}  # fmt: skip
        self._emit(None, full, partitions)

    def say(self, text: str) -> None:
        """Print prose; its numbers are fields such as ``{reach.people}``.

        Raises:
            ChapterError: a digit is typed in the text, or a field names nothing.
        """
        self._say("text", text)

    def promise(self, text: str) -> None:
        """Print what was promised, with its clauses."""
        self._say("promise", text)

    def limit(self, text: str) -> None:
        """Print something that is not known or cannot be said."""
        self._say("limit", text)

    def finding(self, text: str, facts: Sequence[str]) -> None:
        """Print a numbered finding.

        Args:
            text: The finding, a template.
            facts: Addresses of the results it rests on, at least one.
        """
        if not facts:
            raise ChapterError(f"a finding names the facts it rests on: '{text[:60]}…'.")
        self._say("finding", text, tuple(self._full(fact) for fact in facts))

    def table(
        self,
        address: str,
        rows: Rows,
        columns: Mapping[str, str | Column],
        caption: str,
        *,
        sources: Sequence[str],
        note: str = "",
        partitions: Sequence[Sequence[str]] = (),
    ) -> None:
        """Print a table, and register each result in it under ``address.row.column``.

        Args:
            address: Address of the table within the chapter.
            rows: Per row key, the row's cells: results or words.
            columns: Per column key, its heading; the first column is the row header.
            caption: What the table shows, a template.
            sources: Tables or publications the figures come from.
            note: Anything a reader must know, a template.
            partitions: Lists of result cells that add up to a total that a reader knows; a list
                may begin with "= cell", the cell that the rest add up to.
        """
        record, results = self._table(address, rows, columns, caption, sources, note)
        self._emit(record, results, partitions)

    def figure(
        self,
        kind: str,
        address: str,
        rows: Rows,
        columns: Mapping[str, str | Column],
        *,
        title: str,
        alt: str,
        base: str,
        sources: Sequence[str],
        note: str = "",
        partitions: Sequence[Sequence[str]] = (),
        **options: Any,
    ) -> None:
        """Print a figure with its data table.

        Args:
            kind: Name of the drawing, as ``wfw_eval.chapters.figures`` lists them.
            address: Address of its data within the chapter.
            rows: The data, as for :meth:`table`.
            columns: Columns of the data table shown with it.
            title: The takeaway, a template.
            alt: What the figure shows, for those who do not see it, a template.
            base: How many it is about, a template.
            sources: Tables or publications the figures come from.
            note: Anything a reader must know, a template.
            partitions: Lists of result cells that add up to a total that a reader knows; a list
                may begin with "= cell", the cell that the rest add up to.
            **options: Passed to the drawing.

        Raises:
            ChapterError: the alt text is missing or repeats the title.
        """
        if not alt.strip() or alt.strip() == title.strip():
            raise ChapterError(
                f"figure '{address}' needs an alt text that says what it shows, "
                "in other words than its title."
            )
        table, results = self._table(address, rows, columns, title, sources, note)
        self._emit(FigureRecord(kind, title, alt, base, table, options), results, partitions)

    def may_show(self, result: Result | str) -> Result | None:
        """Return a result if it may be seen on its own, or None if it is withheld."""
        if isinstance(result, str) or primary_reason(result, self.evaluation.run_file.disclosure):
            return None
        return result

    def _say(self, role: Role, text: str, facts: tuple[str, ...] = ()) -> None:
        known = self.results
        for part in parts(text, self.number):
            if isinstance(part, Number) and part.address not in known:
                raise ChapterError(
                    f"'{part.address}' stands in prose and in no result. "
                    f"{nearest(part.address, sorted(known))}"
                )
            if isinstance(part, Reference):
                self._check_reference(part)
        for fact in facts:
            if fact not in known:
                raise ChapterError(
                    f"'{fact}' is named as a fact and is in no result. "
                    f"{nearest(fact, sorted(known))}"
                )
        self._emit(SayRecord(role, text, facts), {})

    def _check_reference(self, reference: Reference) -> None:
        """Refuse a reference to a clause or discrepancy that the documents do not hold."""
        columns = {
            "discrepancy": ("discrepancy", "disc_id"),
            "timeline": ("milestone", "milestone_id"),
        }
        table, column = columns.get(reference.kind, ("clause", "clause_id"))
        if reference.kind != "chapter" and reference.id not in set(self.read(table)[column]):
            raise ChapterError(f"there is no {reference.text} in the documentary record.")

    def _table(
        self,
        address: str,
        rows: Rows,
        columns: Mapping[str, str | Column],
        caption: str,
        sources: Sequence[str],
        note: str,
    ) -> tuple[TableRecord, dict[str, Result]]:
        full = self._full(address)
        if not rows:
            raise ChapterError(f"table '{address}' has no rows; say so in words instead.")
        cells, results = stored_rows(full, rows)
        record = TableRecord(
            address=full,
            caption=caption,
            columns=tuple(_columns(columns)),
            rows=cells,
            note=note,
            provenance=self._provenance(sources),
        )
        return record, results

    def _provenance(self, sources: Sequence[str]) -> Provenance:
        period = self.evaluation.run_file.period
        shown = f"{long_date(period.start)} to {long_date(period.end)}"
        return Provenance(tuple(self._source(name) for name in sources), shown)

    def _source(self, name: str) -> str:
        if name in CONTRACTS:
            return f"{CONTRACTS[name].title}{self._origin(name)}"
        publications = self.read("publication").set_index("publication_id")
        if name not in publications.index:
            raise ChapterError(
                f"'{name}' is neither a table nor a publication. "
                f"{nearest(name, [*CONTRACTS, *publications.index])}"
            )
        row = publications.loc[name]
        return f"{row['publisher']}, {row['title']} ({row['year']})"

    def _origin(self, table: str) -> str:
        """Say whether a table is simulated, or drawn from the documents."""
        if self.evaluation.synthetic(table):
            return " (simulated)"
        return " (from the documents)" if "documents" in CONTRACTS[table].origins else ""

    def _header(self) -> Header:
        run = self.evaluation.run_file
        return Header(
            chapter=self.number,
            run=run.name,
            title=run.title,
            period=f"{long_date(run.period.start)} to {long_date(run.period.end)}",
            data_cut=run.data_cut.isoformat(),
            synthetic=self.evaluation.any_synthetic,
            policy=run.disclosure.model_dump(),
            version=importlib.metadata.version("wfw_eval"),
        )

    def _standing_results(self) -> dict[str, Result]:
        """Numbers every chapter may name: the policy and the evaluation's dates."""
        run = self.evaluation.run_file
        dates = {
            "period.start": run.period.start,
            "period.end": run.period.end,
            "data_cut": run.data_cut,
        }
        standing = {
            name: Result(metric="policy", unit="date", value=day) for name, day in dates.items()
        }
        for name, value in run.disclosure.model_dump().items():
            standing[f"policy.{name}"] = Result(metric="policy", unit="count", value=value)
        return {self._full(name): result for name, result in standing.items()}

    def _emit(
        self,
        record: Record | None,
        results: Mapping[str, Result],
        partitions: Sequence[Sequence[str]] = (),
    ) -> None:
        # A cell that is run again replaces what it said before; two cells that claim one
        # address are refused when the notebook is read for publication.
        self._stored = [item for item in self._stored if not set(item.results) & set(results)]
        stored = Stored(record, results, tuple(tuple(cells) for cells in partitions))
        self._stored.append(stored)
        view = gated(self._stored, self.evaluation.run_file.disclosure)
        data, metadata = bundle(stored, view, self.number, self._numbering)
        display(data, metadata=metadata, raw=True)

    def _full(self, address: str) -> str:
        return f"{self.number}/{address}"


def open_chapter(number: str, run_file: str | Path, **overrides: Any) -> Chapter:
    """Open a chapter of the evaluation that a run file describes.

    Args:
        number: Two digits, as in the notebook's name.
        run_file: Path, from the current folder or any above it.
        **overrides: Values that replace the run file's (``None`` leaves the file's).

    Raises:
        InputError: the run file or a table cannot be used.
    """
    return Chapter(number, open_evaluation(run_file, **overrides))


def _columns(columns: Mapping[str, str | Column]) -> list[Column]:
    return [
        label if isinstance(label, Column) else Column(key, label) for key, label in columns.items()
    ]
