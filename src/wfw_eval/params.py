"""The run file: what is evaluated, from which folders, under which policy.

A run file is YAML. Folders in it are relative to the run file itself, so that a run file and
its data can be moved together.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from wfw_eval.errors import InputError, Problem, nearest


class _Strict(BaseModel):
    """Unknown keys and loosely typed values are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Period(_Strict):
    """The period the evaluation covers, both days included."""

    start: dt.date
    end: dt.date

    @model_validator(mode="after")
    def _in_order(self) -> Period:
        if self.end < self.start:
            raise ValueError(f"the period ends ({self.end}) before it starts ({self.start})")
        return self


class DisclosurePolicy(_Strict):
    """When a figure about people is withheld.

    The floors (``ge``) are the package's own: a run file may be stricter, never weaker. The
    defaults follow the Scottish Government's practice of withholding numbers under five, and
    the threshold of ten that ACRO and NHS Education for Scotland use for sensitive data.
    """

    threshold: int = Field(default=5, ge=5, le=100)
    heightened_threshold: int = Field(default=10, ge=5, le=100)
    minimum_base: int = Field(default=10, ge=5, le=1000)

    @model_validator(mode="after")
    def _heightened_is_stricter(self) -> DisclosurePolicy:
        if self.heightened_threshold < self.threshold:
            raise ValueError("heightened_threshold must be at least threshold")
        return self


class RunFile(_Strict):
    """One evaluation run, as its file describes it."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    title: str = Field(min_length=1)
    council: str = Field(pattern=r"^S12\d{6}$")
    period: Period
    data_cut: dt.date
    documents: str = "../data_raw/documents"
    reference: str = "../data_raw/reference"
    records: str
    notebooks: str = "../notebooks"
    outputs: str = "../outputs"
    chapters: Annotated[tuple[str, ...], Field(strict=False, min_length=1)] | None = None
    boundaries: str | None = None
    disclosure: DisclosurePolicy = DisclosurePolicy()
    path: Path = Field(exclude=True)

    def folder(self, key: str) -> Path:
        """Return a folder or file named in the run file, as a path that can be opened.

        Raises:
            KeyError: the run file leaves ``key`` empty.
        """
        value = getattr(self, key)
        if value is None:
            raise KeyError(key)
        return (self.path.parent / value).resolve()


def find_run_file(path: str | Path) -> Path:
    """Find a run file from the current folder or any folder above it.

    A notebook opened in JupyterLab starts in ``notebooks/``, papermill where it was called;
    both may name ``params/example.yaml``.

    Raises:
        InputError: there is no such file here or above.
    """
    wanted = Path(path)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / wanted).is_file():
            return (folder / wanted).resolve()
    beside = sorted(p.name for p in (here / wanted).parent.glob("*.y*ml"))
    step = nearest(wanted.name, beside) if beside else "Name a YAML run file that exists."
    raise InputError([Problem(str(path), None, None, None, "there is no such run file", step)])


def load_run_file(path: str | Path, **overrides: Any) -> RunFile:
    """Read and check a run file.

    Args:
        path: The file, absolute or relative to the current folder or one above it.
        **overrides: Values that replace the file's own (``None`` leaves the file's).

    Raises:
        InputError: the file is missing, is not YAML, or breaks the schema; every problem at
            once, each with its line.
    """
    found = find_run_file(path)
    values, lines = _read_yaml(found, str(path))
    values.update({key: _as_yaml(value) for key, value in overrides.items() if value is not None})
    try:
        return RunFile(**values, path=found)
    except ValidationError as error:
        raise InputError(_problems(error, str(path), lines)) from None


def _as_yaml(value: Any) -> Any:
    """Read a value given as text, as a notebook parameter is, the way the file would be."""
    return yaml.safe_load(value) if isinstance(value, str) else value


def _read_yaml(found: Path, shown: str) -> tuple[dict[str, Any], dict[tuple[str, ...], int]]:
    """Return the file's values and the line of every key."""
    try:
        text = found.read_text(encoding="utf-8-sig")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        values = yaml.safe_load(text)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = None if mark is None else mark.line + 1
        rule = f"is not readable YAML: {getattr(error, 'problem', None) or error}"
        step = "Mend the file at this line; params/example.yaml shows the form."
        raise InputError([Problem(shown, line, None, None, rule, step)]) from None
    if not isinstance(values, dict) or not all(isinstance(key, str) for key in values):
        step = "Start from params/example.yaml."
        raise InputError([Problem(shown, 1, None, None, "must hold 'key: value' lines", step)])
    if "path" in values:
        step = "Remove this key."
        lines = _lines(node)
        raise InputError(
            [Problem(shown, lines[("path",)], "path", None, "this key is not known", step)]
        )
    return values, _lines(node)


def _lines(node: Any, prefix: tuple[str, ...] = ()) -> dict[tuple[str, ...], int]:
    """Map each key path of a YAML mapping to its line number."""
    lines: dict[tuple[str, ...], int] = {}
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            path = (*prefix, str(key.value))
            lines[path] = key.start_mark.line + 1
            lines.update(_lines(value, path))
    return lines


def _problems(
    error: ValidationError, shown: str, lines: dict[tuple[str, ...], int]
) -> list[Problem]:
    return [_problem(detail, shown, lines) for detail in error.errors()]


def _problem(detail: Any, shown: str, lines: dict[tuple[str, ...], int]) -> Problem:
    """Turn one finding of pydantic into a problem with its line and next step."""
    location = tuple(str(part) for part in detail["loc"])
    key = ".".join(location) or None
    line = next(
        (lines[location[:n]] for n in range(len(location), 0, -1) if location[:n] in lines), None
    )
    if detail["type"] == "extra_forbidden":
        return Problem(
            shown,
            line,
            key,
            None,
            "this key is not known",
            nearest(location[-1], _known_keys(location[:-1])),
        )
    if detail["type"] == "missing":
        return Problem(
            shown,
            None,
            key,
            None,
            "this key is needed and is not there",
            "Add it; params/example.yaml shows an example.",
        )
    value = None if isinstance(detail["input"], dict) else str(detail["input"])
    rule = detail["msg"].removeprefix("Value error, ")
    return Problem(shown, line, key, value, rule[0].lower() + rule[1:], "Change the value.")


def _known_keys(parents: tuple[str, ...]) -> list[str]:
    models: dict[str, type[BaseModel]] = {"period": Period, "disclosure": DisclosurePolicy}
    model = models[parents[-1]] if parents else RunFile
    return [name for name in model.model_fields if name != "path"]
