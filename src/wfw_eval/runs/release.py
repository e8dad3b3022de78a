"""From executed chapters to a release: decided over as a whole, written whole or not at all."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from wfw_eval.chapters.page import Executed, build_page, read_notebook
from wfw_eval.chapters.view import View, gated, partitions_of
from wfw_eval.chapters.words import shown
from wfw_eval.disclosure.audit import Audit, audit
from wfw_eval.disclosure.gate import WITHHELD_MARK
from wfw_eval.disclosure.ledger import Entry
from wfw_eval.disclosure.suppress import ProtectionError
from wfw_eval.errors import ChapterError, DisclosureError
from wfw_eval.params import DisclosurePolicy
from wfw_eval.publish.exporters import WfwHTMLExporter, WfwPDFExporter
from wfw_eval.publish.html import html_index, html_page
from wfw_eval.publish.standing import Standing
from wfw_eval.publish.withheld import withheld_page
from wfw_eval.runs.releases import Releases

EXPORTERS = (WfwHTMLExporter, WfwPDFExporter)

UNPROTECTED = (
    "Leave out the table it stands in, or, where it differs from an earlier release, release "
    "again when more has changed."
)


@dataclass(frozen=True)
class Audited:
    """A release on paper: chapters, what may be seen of them, and what the audit found."""

    chapters: tuple[Executed, ...]
    view: View
    released: Mapping[str, Any]
    partitions: tuple[tuple[str, ...], ...]
    audit: Audit


def publish(
    notebooks: Sequence[Path],
    restricted: Path,
    release: Path,
    releases: Releases,
    draft: bool = False,
) -> Audited:
    """Publish executed chapters together.

    Args:
        notebooks: Executed notebooks of one run.
        restricted: Folder for what is not suppressed.
        release: Folder for what passed the gate; replaced as a whole.
        releases: The earlier releases of the evaluation; this one is added to them.
        draft: Whether this is a trial, marked as a draft and not recorded as a release.

    Raises:
        ChapterError: a chapter cannot be published.
        DisclosureError: the audit found a count that is given away.
        InputError: the ledger of releases was changed.
        All of them leave the earlier release as it was.
    """
    audited = audit_chapters(notebooks, releases.earlier())
    _write_json(restricted / "results.json", _plain(audited.view))
    _refuse_exposed(audited.audit)
    _clear(release)
    with tempfile.TemporaryDirectory(dir=release.parent, prefix=".release-") as aside:
        made = Path(aside) / "release"
        made.mkdir()
        for path in notebooks:
            _export(path, made, audited.view, draft)
        _write_pages(audited, made, "draft" if draft else "release")
        _write_json(made / "results.json", audited.released)
        if not draft:
            releases.record(audited.view, audited.partitions, restricted)
        _swap(made, release)
    return audited


def audit_chapters(notebooks: Sequence[Path], earlier: Sequence[Entry]) -> Audited:
    """Decide what of the chapters may be seen, and attack what would be released.

    Raises:
        ChapterError: a notebook is no chapter, two results disagree about a count, or a count
            contradicts another.
        DisclosureError: a count cannot be protected.
    """
    executed = tuple(_read(path) for path in notebooks)
    stored = [item for chapter in executed for item in chapter.stored]
    policy, partitions = _policy(executed), partitions_of(stored)
    try:
        view = gated(stored, policy, earlier)
        released = released_results(view)
        found = audit(released, view.results, partitions, policy, earlier)
    except ProtectionError as error:
        raise DisclosureError(f"Nothing was released: {error}. {UNPROTECTED}") from error
    except ValueError as error:  # counts that disagree or contradict one another
        raise ChapterError(f"Nothing was released: {error}.") from error
    return Audited(executed, view, released, tuple(partitions), found)


def _write_pages(audited: Audited, folder: Path, standing: Standing) -> None:
    pages = [build_page(chapter, audited.view) for chapter in audited.chapters]
    withheld = withheld_page(pages, audited.view)
    (folder / f"{withheld.name}.html").write_text(html_page(withheld, standing), encoding="utf-8")
    (folder / "index.html").write_text(html_index(pages, standing), encoding="utf-8")


def _refuse_exposed(found: Audit) -> None:
    if not found.passed:
        cells = "\n".join(f"  {one.cell}" for one in found.exposed)
        raise DisclosureError(
            "Nothing was released: what would be published gives these counts away, or narrows "
            f"them too far:\n{cells}\nwfw-eval audit shows how far."
        )


def released_results(view: View) -> dict[str, Any]:
    """Return every result as it may be seen, by address."""
    return {address: _released(address, view) for address in sorted(view.results)}


def _released(address: str, view: View) -> dict[str, Any]:
    result = view.result(address)
    if result is None:
        return {"withheld": True, "shown": WITHHELD_MARK}
    return {"shown": shown(result), **result.to_json()}


def _read(path: Path) -> Executed:
    return read_notebook(nbformat.read(path, as_version=4), path.stem)


def _policy(executed: Sequence[Executed]) -> DisclosurePolicy:
    policies = {chapter.policy for chapter in executed}
    if len(policies) != 1:
        raise ChapterError(
            "the chapters were executed under different disclosure policies. Run all of them again."
        )
    return policies.pop()


def _plain(view: View) -> dict[str, Any]:
    return {address: view.results[address].to_json() for address in sorted(view.results)}


def _export(path: Path, folder: Path, view: View, draft: bool) -> None:
    for exporter in EXPORTERS:
        made = exporter(view=view, draft=draft)
        output: Any = made.from_filename(str(path))[0]
        content = output.encode("utf-8") if isinstance(output, str) else output
        (folder / f"{path.stem}{made.file_extension}").write_bytes(content)


def _write_json(path: Path, content: Any) -> None:
    text = json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    path.write_text(text, encoding="utf-8")


def _clear(release: Path) -> None:
    """Remove what runs that were killed while they published have left beside the release."""
    for left in release.parent.glob(".release-*"):
        shutil.rmtree(left, ignore_errors=True)


def _swap(made: Path, release: Path) -> None:
    """Put the new release where the old one was, by renaming: neither is ever half there."""
    old = release.with_name(".release-old")
    shutil.rmtree(old, ignore_errors=True)
    if release.exists():
        release.rename(old)
    made.rename(release)
    shutil.rmtree(old, ignore_errors=True)
