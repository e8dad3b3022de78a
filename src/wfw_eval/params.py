"""The run file: what is evaluated, from which folders, under which policy.

A run file is YAML. Folders in it are relative to the run file itself, so that a run file and
its data can be moved together.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from wfw_eval.errors import InputError, Problem, closest, nearest, shown

#: Dates of other years are slips of the pen, such as 1023 or 2203 for 2023.
DATE = r"(?:199[0-9]|20[0-9]{2})-[0-9]{2}-[0-9]{2}"
DATE_IN_WORDS = "a date as YYYY-MM-DD, from 1990 to 2099"

Keys = dict[tuple[str, ...], int]


def _date(value: object) -> dt.date:
    if re.fullmatch(DATE, str(value)):
        with suppress(ValueError):  # 30 February
            return dt.date.fromisoformat(str(value))
    raise ValueError(f"must be {DATE_IN_WORDS}")


Date = Annotated[dt.date, BeforeValidator(_date)]
Folder = Annotated[str, Field(pattern=r"^[^\x00]+$", description="a folder")]


class _Strict(BaseModel):
    """Unknown keys and loosely typed values are refused.

    The description of a field completes the sentence "must be ..." in a message.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Period(_Strict):
    """The period the evaluation covers, both days included."""

    start: Date
    end: Date

    @field_validator("end")
    @classmethod
    def _in_order(cls, end: dt.date, info: ValidationInfo) -> dt.date:
        if end < info.data.get("start", end):
            raise ValueError(f"must not be before the period's start ({info.data['start']})")
        return end


class DisclosurePolicy(_Strict):
    """When a figure about people is withheld.

    The floors (``ge``) are the package's own: a run file may be stricter, never weaker. The
    defaults follow the Scottish Government's practice of withholding numbers under five, and
    the threshold of ten that ACRO and NHS Education for Scotland use for sensitive data.
    """

    threshold: int = Field(
        default=5, ge=5, le=100, description="a whole number from 5 to 100, without quotes"
    )
    heightened_threshold: int = Field(
        default=10, ge=5, le=100, description="a whole number from 5 to 100, without quotes"
    )
    minimum_base: int = Field(
        default=10, ge=5, le=1000, description="a whole number from 5 to 1000, without quotes"
    )

    @field_validator("heightened_threshold")
    @classmethod
    def _heightened_is_stricter(cls, heightened: int, info: ValidationInfo) -> int:
        if heightened < info.data.get("threshold", heightened):
            raise ValueError(f"must be at least the threshold ({info.data['threshold']})")
        return heightened


class RunFile(_Strict):
    """One evaluation run, as its file describes it."""

    name: str = Field(
        pattern=r"^[a-z0-9][a-z0-9_-]*$",
        description="a name of lower-case letters, digits, '-' and '_'",
    )
    title: str = Field(min_length=1, description="text")
    council: str = Field(
        pattern=r"^S12[0-9]{6}$", description="a council's area code: S12 and six digits"
    )
    period: Period = Field(description="two dates: {start: 2023-01-01, end: 2024-06-30}")
    data_cut: Date
    documents: Folder = "../data_raw/documents"
    reference: Folder = "../data_raw/reference"
    records: Folder
    notebooks: Folder = "../notebooks"
    outputs: Folder = "../outputs"
    chapters: Annotated[tuple[str, ...], Field(strict=False)] | None = Field(
        default=None, description="a list of chapters, such as [04_reach_and_representation]"
    )
    boundaries: Folder | None = Field(default=None, description="a GeoJSON file")
    disclosure: DisclosurePolicy = Field(
        default=DisclosurePolicy(), description="keys and whole numbers: {threshold: 5}"
    )

    _path: Path = PrivateAttr()
    _lines: Keys = PrivateAttr(default_factory=dict)

    @field_validator("data_cut")
    @classmethod
    def _after_the_start(cls, data_cut: dt.date, info: ValidationInfo) -> dt.date:
        period = info.data.get("period")
        if period is not None and data_cut < period.start:
            raise ValueError(f"must not be before the period's start ({period.start})")
        return data_cut

    @field_validator("chapters")
    @classmethod
    def _not_none_of_them(cls, chapters: tuple[str, ...] | None) -> tuple[str, ...] | None:
        if chapters == ():
            raise ValueError("must name a chapter; leave the key out for all chapters")
        return chapters

    @property
    def path(self) -> Path:
        """Where the run file is."""
        return self._path

    def folder(self, key: str) -> Path:
        """Return a folder or file named in the run file, as a path that can be opened.

        Raises:
            KeyError: the run file leaves ``key`` empty.
        """
        value: str | None = getattr(self, key)
        if value is None:
            raise KeyError(key)
        return (self.path.parent / value).resolve()

    def problem(self, key: str, rule: str, next_step: str) -> Problem:
        """Say what is wrong with the value of a key, with its line in the run file."""
        value, line = str(getattr(self, key)), self._lines.get((key,))
        return Problem(shown(self.path), line, key, value, rule, next_step)


def find_run_file(path: str | Path) -> Path:
    """Find a run file from the current folder or any folder above it.

    A notebook opened in JupyterLab starts in ``notebooks/``, papermill where it was called;
    both may name ``params/example.yaml``.

    Raises:
        InputError: there is no such file here or above.
    """
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / path).is_file():
            return (folder / path).resolve()
    is_folder = (here / path).is_dir()
    rule = "is a folder, not a run file" if is_folder else "there is no such run file"
    raise InputError([Problem(str(path), None, None, None, rule, _other_run_file(path))])


def _other_run_file(path: str | Path) -> str:
    """Suggest a run file that is there instead of one that is not."""
    here = Path.cwd()
    beside = here / path if (here / path).is_dir() else (here / path).parent
    found = [
        shown(item)
        for folder in (here / "params", beside)
        for item in sorted(folder.glob("*.y*ml"))
    ]
    match = closest(str(path), found)
    if match:
        return f"Did you mean {match!r}?"
    return f"Name one that exists{f', such as {found[0]!r}' if found else ''}."


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
    values, keys = _read_yaml(found)
    given = {key: value for key, value in overrides.items() if value is not None}
    problems = list(_repeated(keys, shown(found)))
    lines = {key: line for key, line in reversed(keys) if key[0] not in given}
    try:
        run_file = RunFile.model_validate(values | given)
    except ValidationError as error:
        problems += [_problem(detail, shown(found), lines) for detail in error.errors()]
    if problems:
        raise InputError(sorted(problems, key=lambda problem: problem.row or 0))
    run_file._path, run_file._lines = found, lines
    return run_file


class _Loader(yaml.SafeLoader):
    """Reads keys and dates as the text they are, so that a fault in one keeps its line."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, form) for tag, form in forms if not tag.endswith(":timestamp")]
        for first, forms in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        return {str(key.value): self.construct_object(value, True) for key, value in node.value}


def _read_yaml(found: Path) -> tuple[dict[str, Any], list[tuple[tuple[str, ...], int]]]:
    """Return the file's values, and every key with its line."""
    place, start = shown(found), "Start from params/example.yaml."
    text = _text(found, place)
    try:
        _refuse_shorthand(text, place)
        loader = _Loader(text)
        node = loader.get_single_node()
        values = None if node is None else loader.construct_document(node)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        rule = f"is not readable YAML: {_reason(error)}"
        step = "Mend the file at or just above this line; params/example.yaml shows the form."
        raise InputError([Problem(place, _line(error, text), None, None, rule, step)]) from None
    if values is None:
        raise InputError([Problem(place, 1, None, None, "the run file is empty", start)])
    if not isinstance(values, dict):
        rule = "the run file must hold 'key: value' lines"
        raise InputError([Problem(place, 1, None, None, rule, start)])
    return values, list(_keys(node))


def _text(found: Path, place: str) -> str:
    data = found.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        step = "Save the file again as UTF-8."
        raise InputError([Problem(place, line, None, None, "is not UTF-8 text", step)]) from None


def _refuse_shorthand(text: str, place: str) -> None:
    """Refuse tags, which name types, and aliases, which can grow without end."""
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "tag", None):
            line = event.start_mark.line + 1 if event.start_mark else None
            rule = "YAML tags (!) and aliases (*) are not used in a run file"
            step = "Write the value out, in quotes if it holds one of these signs."
            raise InputError([Problem(place, line, None, None, rule, step)])


def _reason(error: Exception) -> str:
    """Say what the YAML reader stumbled over, in one line."""
    reason = getattr(error, "problem", None) or getattr(error, "reason", None)
    return str(reason or "a value cannot be read")


def _line(error: Exception, text: str) -> int | None:
    if isinstance(error, yaml.reader.ReaderError):
        return text.count("\n", 0, error.position) + 1
    mark = getattr(error, "problem_mark", None)
    return None if mark is None else mark.line + 1


def _keys(node: Any, prefix: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], int]]:
    """Go through the key paths of a YAML mapping with their lines, repeated ones too."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            path = (*prefix, str(key.value))
            yield path, key.start_mark.line + 1
            yield from _keys(value, path)


def _repeated(keys: Iterable[tuple[tuple[str, ...], int]], place: str) -> Iterator[Problem]:
    """Find keys that are there twice: YAML would silently take the last."""
    first: Keys = {}
    again = set()
    for path, line in keys:
        if path not in first:
            first[path] = line
        elif path[:-1] not in again:  # what a repeated key holds is not reported again
            again.add(path)
            rule = f"this key is already in line {first[path]}"
            yield Problem(place, line, ".".join(path), None, rule, "Keep one of the two.")


def _problem(detail: Any, place: str, lines: Keys) -> Problem:
    """Turn one finding of pydantic into a problem with its line and next step."""
    location = tuple(part for part in detail["loc"] if isinstance(part, str))
    paths = [location[:length] for length in range(len(location), 0, -1)]
    line = next((lines[path] for path in paths if path in lines), None)
    rule, step = _advice(detail, location)
    unvalued = isinstance(detail["input"], dict) or detail["type"] in ("missing", "extra_forbidden")
    value = None if unvalued else str(detail["input"])
    return Problem(place, line, ".".join(location), value, rule, step)


def _advice(detail: Any, location: tuple[str, ...]) -> tuple[str, str]:
    """Say what the value must be, and what to do."""
    fields = _fields(location)
    match detail["type"]:
        case "extra_forbidden":
            return "this key is not known", nearest(location[-1], list(fields))
        case "missing":
            step = "Add it; params/example.yaml shows an example."
            return "this key is needed and is not there", step
        case "value_error":
            return detail["msg"].removeprefix("Value error, "), "Change the value."
        case "greater_than_equal":
            step = "A run file may be stricter than the package, never weaker."
        case "string_type":
            step = "Write it as text; put a number or a word such as 'no' in quotes."
        case _:
            step = "Change the value."
    return f"must be {fields[location[-1]].description}", step


def _fields(location: tuple[str, ...]) -> dict[str, Any]:
    """Return the fields that stand beside the place where a finding is."""
    models: dict[str, type[BaseModel]] = {"period": Period, "disclosure": DisclosurePolicy}
    model = models[location[0]] if len(location) > 1 else RunFile
    return dict(model.model_fields)
