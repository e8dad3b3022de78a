"""A run file that cannot be used is refused with its line, the value and what to do."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from conftest import PROJECT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wfw_eval.errors import InputError, Problem
from wfw_eval.params import DisclosurePolicy, RunFile, find_run_file, load_run_file

GOOD = """\
name: fife
title: "A title"
council: S12000047
period: {start: 2023-01-01, end: 2024-06-30}
data_cut: 2024-06-30
records: records
disclosure:
  threshold: 5
"""

#: What is put in place of what, then the line, key, value and parts of the rule and next step.
BAD_VALUES = {
    "unknown key": ("records: records", "recrods: x\nrecords: records",
                    6, "recrods", None, "not known", "'records'"),
    "unknown key in other capitals": ("title:", "Council: x\ntitle:",
                                      2, "Council", None, "not known", "'council'"),
    "unknown nested key": ("threshold: 5", "treshold: 5",
                           8, "disclosure.treshold", None, "not known", "'threshold'"),
    "unknown key like no other": ("title:", "zzz: x\ntitle:",
                                  2, "zzz", None, "not known", "Known names: name, title"),
    "the package's own word": ("title:", "path: x\ntitle:",
                               2, "path", None, "not known", "Known names"),
    "key that is a number": ("title:", "5: x\ntitle:", 2, "5", None, "not known", "Known names"),
    "key that YAML reads as true": ("title:", "on: x\ntitle:",
                                    2, "on", None, "not known", "Known names"),
    "merge key": ("title:", "<<: {a: b}\ntitle:", 2, "<<", None, "not known", "Known names"),
    "missing key": ("records: records\n", "",
                    None, "records", None, "is needed", "params/example.yaml"),
    "missing nested key": ("start: 2023-01-01, ", "",
                           4, "period.start", None, "is needed", "params/example.yaml"),
    "name is a number": ("name: fife", "name: 5", 1, "name", "5", "lower-case", "in quotes"),
    "name is a YAML no": ("name: fife", "name: no", 1, "name", "False", "lower-case", "in quotes"),
    "name with capitals": ("name: fife", "name: Fife 1",
                           1, "name", "Fife 1", "lower-case", "Change"),
    "name that leaves the folder": ("name: fife", "name: ../fife",
                                    1, "name", "../fife", "lower-case", "Change"),
    "empty title": ('"A title"', '""', 2, "title", "", "text", "Change"),
    "council code too short": ("S12000047", "S1200047",
                               3, "council", "S1200047", "S12 and six digits", "Change"),
    "council code with other digits": ("S12000047", "S12٠٠٠٠٤٧",
                                       3, "council", "S12٠٠٠٠٤٧", "six digits", "Change"),
    "period is a word": ("{start: 2023-01-01, end: 2024-06-30}", "2023",
                         4, "period", "2023", "two dates", "Change"),
    "period reversed": ("end: 2024-06-30", "end: 2022-12-31",
                        4, "period.end", "2022-12-31", "before the period's start", "Change"),
    "date day first": ("data_cut: 2024-06-30", "data_cut: 30/06/2024",
                       5, "data_cut", "30/06/2024", "YYYY-MM-DD", "Change"),
    "date that does not exist": ("data_cut: 2024-06-30", "data_cut: 2024-02-30",
                                 5, "data_cut", "2024-02-30", "YYYY-MM-DD", "Change"),
    "date with a time": ("data_cut: 2024-06-30", "data_cut: 2024-06-30 10:00:00",
                         5, "data_cut", "2024-06-30 10:00:00", "YYYY-MM-DD", "Change"),
    "date of another century": ("start: 2023", "start: 1023",
                                4, "period.start", "1023-01-01", "from 1990 to 2099", "Change"),
    "date is a list": ("data_cut: 2024-06-30", "data_cut: [2024-06-30]",
                       5, "data_cut", "['2024-06-30']", "YYYY-MM-DD", "Change"),
    "data cut before the period": ("data_cut: 2024-06-30", "data_cut: 2022-12-31",
                                   5, "data_cut", "2022-12-31", "period's start (2023-01-01)",
                                   "Change"),
    "folder is a number": ("records: records", "records: 2023",
                           6, "records", "2023", "a folder", "in quotes"),
    "folder is left empty": ("records: records", "records:",
                             6, "records", "None", "a folder", "in quotes"),
    "folder no system can have": ("records: records", 'records: "a\\0b"',
                                  6, "records", "a\0b", "a folder", "Change"),
    "chapters is a word": ("title:", "chapters: 04_reach\ntitle:",
                           2, "chapters", "04_reach", "a list of chapters", "Change"),
    "chapters are numbers": ("title:", "chapters: [4]\ntitle:",
                             2, "chapters", "4", "a list of chapters", "in quotes"),
    "no chapters": ("title:", "chapters: []\ntitle:",
                    2, "chapters", "[]", "must name a chapter", "Change"),
    "policy is a number": ("disclosure:\n  threshold: 5", "disclosure: 5",
                           7, "disclosure", "5", "keys and whole numbers", "Change"),
    "threshold in words": ("threshold: 5", 'threshold: "five"',
                           8, "disclosure.threshold", "five", "whole number from 5", "Change"),
    "threshold in quotes": ("threshold: 5", 'threshold: "5"',
                            8, "disclosure.threshold", "5", "without quotes", "Change"),
    "threshold is true": ("threshold: 5", "threshold: true",
                          8, "disclosure.threshold", "True", "whole number from 5", "Change"),
    "threshold with a fraction": ("threshold: 5", "threshold: 5.5",
                                  8, "disclosure.threshold", "5.5", "whole number", "Change"),
    "threshold below the floor": ("threshold: 5", "threshold: 4",
                                  8, "disclosure.threshold", "4", "from 5 to 100", "never weaker"),
    "threshold far below the floor": ("threshold: 5", "threshold: 3", 8, "disclosure.threshold",
                                      "3", "from 5 to 100", "never weaker"),
    "threshold too high": ("threshold: 5", "threshold: 101\n  heightened_threshold: 100",
                           8, "disclosure.threshold", "101", "from 5 to 100", "Change"),
    "heightened weaker than plain": ("threshold: 5", "threshold: 8\n  heightened_threshold: 7",
                                     9, "disclosure.heightened_threshold", "7",
                                     "at least the threshold (8)", "Change"),
    "base below the floor": ("threshold: 5", "minimum_base: 4",
                             8, "disclosure.minimum_base", "4", "from 5 to 1000", "never weaker"),
    "key twice": ("title:", "name: other\ntitle:",
                  2, "name", None, "already in line 1", "Keep one"),
    "nested key twice": ("threshold: 5", "threshold: 5\n  threshold: 6",
                         9, "disclosure.threshold", None, "already in line 8", "Keep one"),
    "key twice in one line": ("{start: 2023-01-01,", "{start: 2023-01-01, start: 2023-01-02,",
                              4, "period.start", None, "already in line 4", "Keep one"),
    "a whole part twice": ("records: records",
                           "records: records\ndisclosure: {threshold: 5}",
                           8, "disclosure", None, "already in line 7", "Keep one"),
}  # fmt: skip

#: Whole files that cannot be read at all: the bytes, the line, parts of the rule and next step.
UNREADABLE = {
    "tab": (b"name: fife\n\ttitle: x\n", 2, "YAML", "Mend the file"),
    "tab instead of a blank": (b"name: fife\nperiod:\n\tstart: 2023-01-01\n", 3, "YAML", "Mend"),
    "open bracket": (b"name: fife\nperiod: {start: 2023-01-01\ncouncil: x\n", 3, "YAML", "Mend"),
    "open quotation mark": (b"name: fife\ntitle: \"A\nrecords: x\n", 4, "YAML", "Mend"),
    "two documents": (b"name: fife\n---\nname: fife\n", 2, "YAML", "Mend"),
    "control character": (b"name: fife\ntitle: a\x00b\n", 2, "YAML", "Mend"),
    "number no one can read": (b"name: fife\ntitle: 0x_\n", None, "YAML", "Mend"),
    "very deep": (b"[" * 900 + b"]" * 900, None, "YAML", "Mend"),
    "list": (b"- name\n- title\n", 1, "'key: value' lines", "params/example.yaml"),
    "one word": (b"fife\n", 1, "'key: value' lines", "params/example.yaml"),
    "empty": (b"", 1, "is empty", "params/example.yaml"),
    "remarks only": (b"# nothing\n", 1, "is empty", "params/example.yaml"),
    "Python object": (b"name: fife\ntitle: !!python/object:os.system x\n", 2, "tags", "Write"),
    "Python call": (b"name: !!python/object/apply:os.system ['true']\n", 1, "tags", "Write"),
    "set": (b"name: fife\nchapters: !!set {a, b}\n", 2, "tags", "Write"),
    "alias": (b"name: &a fife\ntitle: *a\n", 2, "aliases", "Write"),
    "alias of itself": (b"name: fife\nperiod: &a {start: *a}\n", 2, "aliases", "Write"),
    "aliases without end": (
        b"a: &a {x: 1}\n" + b"".join(b"%c: &%c {x: *%c, y: *%c}\n" % (n, n, n - 1, n - 1)
                                     for n in range(98, 123)), 2, "aliases", "Write"),
    "Windows-1252": (b"name: fife\ntitle: costs \xa35\n", 2, "UTF-8", "Save the file again"),
    "UTF-16": ("name: fife\n".encode("utf-16"), 1, "UTF-8", "Save the file again"),
}  # fmt: skip


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def problems_of(text: str | bytes, **overrides: object) -> tuple[Problem, ...]:
    Path("run.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(InputError) as refused:
        load_run_file("run.yaml", **overrides)
    return refused.value.problems


def test_a_good_run_file_is_read(here: Path) -> None:
    (here / "run.yaml").write_text(GOOD, encoding="utf-8")
    run_file = load_run_file("run.yaml")
    assert run_file.name == "fife"
    assert run_file.period.start == dt.date(2023, 1, 1)
    assert run_file.data_cut == dt.date(2024, 6, 30)
    assert run_file.disclosure == DisclosurePolicy()
    assert run_file.folder("records") == (here / "records").resolve()
    assert run_file.path == (here / "run.yaml").resolve()


def test_the_example_is_good() -> None:
    assert load_run_file(PROJECT / "params/example.yaml").council == "S12000047"


@pytest.mark.parametrize(("old", "new", "line", "key", "value", "rule", "step"),
                         BAD_VALUES.values(), ids=BAD_VALUES)  # fmt: skip
def test_a_bad_value_is_the_one_problem(
    here: Path, old: str, new: str, line: int, key: str, value: str, rule: str, step: str
) -> None:
    assert GOOD.count(old) == 1
    (problem,) = problems_of(GOOD.replace(old, new))
    assert (problem.place, problem.row, problem.column) == ("run.yaml", line, key)
    assert problem.value == value
    assert rule in problem.rule
    assert step in problem.next_step


@pytest.mark.parametrize(("data", "line", "rule", "step"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_cannot_be_read(
    here: Path, data: bytes, line: int, rule: str, step: str
) -> None:
    (problem,) = problems_of(data)
    assert (problem.place, problem.row) == ("run.yaml", line)
    assert rule in problem.rule
    assert step in problem.next_step


def test_no_text_makes_anything_but_a_run_file_or_problems(here: Path) -> None:
    """Whatever is typed, pasted or lost in a run file."""
    place = st.integers(0, len(GOOD))

    @settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.text(max_size=12), place, st.integers(0, 30))
    def try_it(typed: str, at: int, lost: int) -> None:
        text = GOOD[:at] + typed + GOOD[at + lost :]
        Path("run.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            assert isinstance(load_run_file("run.yaml"), RunFile)
        except InputError as error:
            assert error.problems

    try_it()


@pytest.mark.parametrize("floor", ["threshold", "heightened_threshold", "minimum_base"])
def test_the_floor_itself_is_allowed(here: Path, floor: str) -> None:
    policy = {"threshold": 5, "heightened_threshold": 5} | {floor: 5}
    lines = "".join(f"  {key}: {value}\n" for key, value in policy.items())
    (here / "run.yaml").write_text(GOOD.replace("  threshold: 5\n", lines), encoding="utf-8")
    assert getattr(load_run_file("run.yaml").disclosure, floor) == 5


def test_every_problem_is_listed_at_once_in_the_order_of_the_file(here: Path) -> None:
    text = GOOD.replace("fife", "5").replace("S12000047", "Fife").replace("2024-06-30}", "soon}")
    text += "title: again\nspare: 1\n"
    found = problems_of(text)
    assert [(problem.row, problem.column) for problem in found] == [
        (1, "name"), (3, "council"), (4, "period.end"), (9, "title"), (10, "spare"),
    ]  # fmt: skip


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(here: Path) -> None:
    text = "\ufeff" + GOOD.replace("\n", "\r\n")
    (here / "run.yaml").write_bytes(text.encode())
    assert load_run_file("run.yaml").name == "fife"


def test_a_message_names_line_key_value_and_next_step(here: Path) -> None:
    (problem,) = problems_of(GOOD.replace("threshold: 5", "threshold: 3"))
    assert str(problem) == (
        "run.yaml, line 8, disclosure.threshold: must be a whole number from 5 to 100, without "
        "quotes (found '3'). A run file may be stricter than the package, never weaker."
    )


class TestOverrides:
    def test_a_value_given_beside_the_file_replaces_it(self, here: Path) -> None:
        (here / "run.yaml").write_text(GOOD, encoding="utf-8")
        assert load_run_file("run.yaml", data_cut="2023-12-31").data_cut == dt.date(2023, 12, 31)
        assert load_run_file("run.yaml", data_cut=dt.date(2023, 5, 1)).data_cut.month == 5
        assert load_run_file("run.yaml", data_cut=None).data_cut == dt.date(2024, 6, 30)

    @pytest.mark.parametrize("value", ["2024-13-01", "soon", "", "2022-12-31"])
    def test_a_bad_one_is_refused_without_a_line_of_the_file(self, here: Path, value: str) -> None:
        (problem,) = problems_of(GOOD, data_cut=value)
        assert (problem.row, problem.column, problem.value) == (None, "data_cut", value)

    def test_an_unknown_one_is_refused(self, here: Path) -> None:
        (problem,) = problems_of(GOOD, data_cuts="2024-01-01")
        assert (problem.column, problem.next_step) == ("data_cuts", "Did you mean 'data_cut'?")


class TestFinding:
    def test_from_a_folder_below(self, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (here / "params").mkdir()
        (here / "params/run.yaml").write_text(GOOD, encoding="utf-8")
        (here / "notebooks").mkdir()
        monkeypatch.chdir(here / "notebooks")
        assert find_run_file("params/run.yaml") == (here / "params/run.yaml").resolve()

    @pytest.mark.parametrize(
        ("name", "rule", "step"),
        [
            ("params/exmple.yaml", "no such run file", "'params/example.yaml'"),
            ("example.yaml", "no such run file", "'params/example.yaml'"),
            ("parms/example.yaml", "no such run file", "'params/example.yaml'"),
            ("params", "is a folder", "'params/example.yaml'"),
            (".", "is a folder", "Name one that exists, such as 'params/"),
            ("", "is a folder", "Name one that exists, such as 'params/"),
            ("x", "no such run file", "Name one that exists, such as 'params/"),
        ],
    )
    def test_the_nearest_file_is_suggested(
        self, here: Path, name: str, rule: str, step: str
    ) -> None:
        (here / "params").mkdir()
        (here / "params/example.yaml").touch()
        (here / "params/other.yml").touch()
        with pytest.raises(InputError) as refused:
            find_run_file(name)
        (problem,) = refused.value.problems
        assert problem.place == name
        assert rule in problem.rule
        assert step in problem.next_step

    def test_where_there_is_none(self, here: Path) -> None:
        with pytest.raises(InputError, match=r"Name one that exists\."):
            find_run_file("nowhere/run.yaml")
