"""From executed chapters to a release: decided over as a whole, written whole or not at all."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat

from wfw_eval.chapters.page import Executed, build_page, read_notebook
from wfw_eval.chapters.view import View, gated
from wfw_eval.chapters.words import shown
from wfw_eval.disclosure.gate import WITHHELD_MARK
from wfw_eval.errors import ChapterError
from wfw_eval.publish.exporters import WfwHTMLExporter, WfwPDFExporter
from wfw_eval.publish.html import html_index

EXPORTERS = (WfwHTMLExporter, WfwPDFExporter)


def publish(notebooks: Sequence[Path], restricted: Path, release: Path) -> None:
    """Publish executed chapters together.

    Args:
        notebooks: Executed notebooks of one run.
        restricted: Folder for what is not suppressed.
        release: Folder for what passed the gate; replaced as a whole.

    Raises:
        ChapterError: a chapter cannot be published; the earlier release stays as it was.
    """
    executed = [_read(path) for path in notebooks]
    view = _view(executed)
    _write_json(
        restricted / "results.json",
        {address: view.results[address].to_json() for address in sorted(view.results)},
    )
    with tempfile.TemporaryDirectory(dir=release.parent, prefix=".release-") as aside:
        made = Path(aside) / "release"
        made.mkdir()
        for path in notebooks:
            _export(path, made, view)
        pages = [build_page(chapter, view) for chapter in executed]
        (made / "index.html").write_text(html_index(pages), encoding="utf-8")
        _write_json(made / "results.json", released_results(view))
        _swap(made, release)


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


def _view(executed: Sequence[Executed]) -> View:
    policies = {chapter.policy for chapter in executed}
    if len(policies) != 1:
        raise ChapterError(
            "the chapters were executed under different disclosure policies. Run all of them again."
        )
    return gated([item for chapter in executed for item in chapter.stored], policies.pop())


def _export(path: Path, folder: Path, view: View) -> None:
    for exporter in EXPORTERS:
        made = exporter(view=view)
        output: Any = made.from_filename(str(path))[0]
        content = output.encode("utf-8") if isinstance(output, str) else output
        (folder / f"{path.stem}{made.file_extension}").write_bytes(content)


def _write_json(path: Path, content: Any) -> None:
    text = json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    path.write_text(text, encoding="utf-8")


def _swap(made: Path, release: Path) -> None:
    """Put the new release where the old one was, by renaming: neither is ever half there."""
    old = release.with_name(".release-old")
    shutil.rmtree(old, ignore_errors=True)
    if release.exists():
        release.rename(old)
    made.rename(release)
    shutil.rmtree(old, ignore_errors=True)
