"""Every metric is in the catalogue, whole, with an example that runs."""

from __future__ import annotations

import ast
import doctest
import importlib
import inspect
import pkgutil
import re
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

import wfw_eval.metrics
from wfw_eval.metrics.catalogue import CATALOGUE, Metric
from wfw_eval.metrics.result import Unit

FOLDER = Path(wfw_eval.metrics.__file__).parent
MODULES = [
    importlib.import_module(f"wfw_eval.metrics.{item.name}")
    for item in pkgutil.iter_modules([str(FOLDER)])
]
every_metric = pytest.mark.parametrize("entry", CATALOGUE.values(), ids=CATALOGUE)


def examples(entry: Metric) -> list[doctest.DocTest]:
    names = vars(inspect.getmodule(entry.function))
    found = doctest.DocTestFinder().find(entry.function, entry.function.__name__, globs=names)
    return [test for test in found if test.examples]


#: Metrics of the framework that are not written yet.
TO_COME = {
    *("M05", "M08", "M20", "M21", "M22"),
    *("M42", "M43", "M44", "M45", "M46", "M47", "M48", "M49", "M50", "M51"),
}


def test_the_catalogue_holds_every_metric_but_those_to_come() -> None:
    framework = {f"M{number:02}" for number in range(1, 52)}
    assert {entry.id for entry in CATALOGUE.values()} == framework - TO_COME


def test_no_metric_has_taken_the_place_of_another_of_its_name() -> None:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.py")]
    functions = [
        node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)
    ]
    entered = [
        function.name
        for function in functions
        for call in function.decorator_list
        if isinstance(call, ast.Call) and getattr(call.func, "id", None) == "metric"
    ]
    assert sorted(entered) == sorted(CATALOGUE)


@every_metric
def test_every_field_is_filled(entry: Metric) -> None:
    texts = [getattr(entry, item.name) for item in fields(entry) if item.name != "function"]
    assert all(isinstance(text, str) and text.strip() for text in texts)


@every_metric
def test_the_codes_are_of_their_kind(entry: Metric) -> None:
    assert re.fullmatch(r"M\d\d", entry.id)
    assert re.fullmatch(r"EQ\d{1,2}", entry.question)
    assert entry.unit in get_args(Unit)


@every_metric
def test_the_function_can_be_imported_by_its_name(entry: Metric) -> None:
    module = inspect.getmodule(entry.function)
    assert module in MODULES
    assert getattr(module, entry.function.__name__) is entry.function
    assert CATALOGUE[entry.function.__name__] is entry


@every_metric
def test_the_docstring_has_an_example_that_runs(entry: Metric) -> None:
    assert "Example:" in inspect.getdoc(entry.function)
    (example,) = examples(entry)
    assert doctest.DocTestRunner(verbose=False).run(example).failed == 0
