"""Nobody is named in what is written, one person has one pseudonym, and nothing is half done."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import wfw_eval.records
from wfw_eval.errors import InputError
from wfw_eval.records.contract import Contract
from wfw_eval.records.privacy.identifying import Identifying
from wfw_eval.records.privacy.places import Places
from wfw_eval.records.privacy.pseudonymise import Pseudonymised, pseudonymise, write_pseudonymised

KEY = bytes(range(32))
PROVENANCE = ("source_org", "received_on", "evidence_class", "synthetic")
PLACES = Places(
    pd.DataFrame(
        {"area": ["Levenmouth"], "urban_rural": ["urban"], "simd_quintile": [1]}, index=["S01"]
    )
)
RULES = Identifying(
    columns={
        "person": (
            *("person_id", "family_id", "role", "area", "urban_rural", "simd_quintile"),
            *PROVENANCE,
        ),
        "attendance": ("person_id", "session_id", "hours", *PROVENANCE),
        "family_characteristic": ("family_id", "char", "value", *PROVENANCE),
        "excerpt": ("excerpt_id", "person_id", "text", *PROVENANCE),
        "coding": ("excerpt_id", "coder_id", *PROVENANCE),
        "tie": ("from_id", "to_id", "wave", *PROVENANCE),
        "link": ("from_id", "to_id", "by", *PROVENANCE),
        "organisation": ("org_id", "name", *PROVENANCE),
    }
)
#: Everything in the tables below that must not be found in what is written.
_SECRET = (
    "zoë zoe o'neill o’neill oneill jane smith anne-marie berg 1985 7/3/ 1990-12-24 07700 900123 "
    "@example ky8 4qa s01 local-1 local-2 b-77 coder-x fam-9 school lundin fam-b"
)
SECRET = _SECRET.split()


def table(text: str, **more: str) -> pd.DataFrame:
    """Make a table of text from lines of cells, with provenance."""
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    frame = pd.DataFrame(rows[1:], columns=rows[0])
    given = {"source_org": "sim_a", "received_on": "2023-07-15"} | more
    rest = {"evidence_class": "recorded", "synthetic": "true"}
    return frame.assign(
        **{name: value for name, value in (given | rest).items() if name not in frame.columns}
    )


@pytest.fixture
def tables() -> dict[str, pd.DataFrame]:
    return {
        "person": table(
            """
            Person ID|family_id|Forename|Surname|DOB|E-mail|Tel|Postcode|DZ|role|School|source_org
            local-1|fam-9|Zoë|O'Neill|7/3/1985|z@example|07700900123|KY8 4QA|S01|parent|Lundin|sim_a
            local-2|fam-9|Jane|Smith|1990-12-24||||S01|parent||sim_a
            b-77|fam-b|ZOE|ONEILL|1985-03-07|||KY8 4QA|S01|parent||sim_b
            """
        ),
        "attendance": table(
            """
            person_id|name|date of birth|session_id|hours
            local-1|||S1|2
            |Oneill, Zoe|7.3.1985|S2|2
            b-77||||2
            """
        ),
        "family_characteristic": table("family_id|char|value\nfam-9|lone_parent|yes"),
        "excerpt": table(
            """
            excerpt_id|person_id|text
            E1|local-2|Zoë O’Neill (z@example.org) of KY8 4QA, born 7/3/1985, rang me.
            E2|local-1|Nothing to hide in May.
            """
        ),
        "coding": table("excerpt_id|coder_id\nE1|coder-x\nE2|local-2"),
        "tie": table("from_id|to_id|wave\nlocal-1|local-2|mid"),
        "link": table("from_id|to_id|by\nE1|T1|local-1\nE2|T1|sim_a"),
        "organisation": table("org_id|name|contact name|telephone\nsim_a|Simulated A|Jane Smith|1"),
    }


@pytest.fixture
def result(tables: dict[str, pd.DataFrame]) -> Pseudonymised:
    return pseudonymise(tables, KEY, RULES, places=PLACES, masking="sure")


def test_one_person_has_one_pseudonym_everywhere(result: Pseudonymised) -> None:
    assert result.problems == ()
    zoe, jane, again = result.tables["person"]["person_id"]
    assert zoe == again != jane
    assert result.tables["attendance"]["person_id"].tolist() == [zoe, zoe, zoe]
    assert result.tables["excerpt"]["person_id"].tolist() == [jane, zoe]
    assert result.tables["tie"][["from_id", "to_id"]].to_numpy().tolist() == [[zoe, jane]]
    assert result.tables["coding"]["coder_id"].tolist()[1] == jane
    assert result.tables["link"]["by"].tolist() == [zoe, "sim_a"]


def test_families_are_named_alike(result: Pseudonymised) -> None:
    one, same, other = result.tables["person"]["family_id"]
    assert one == same != other
    assert result.tables["family_characteristic"]["family_id"].tolist() == [one]


def test_links_between_excerpts_are_not_people(result: Pseudonymised) -> None:
    assert result.tables["link"]["from_id"].tolist() == ["E1", "E2"]


def test_places_are_coarse(result: Pseudonymised) -> None:
    person = result.tables["person"]
    assert set(person["area"]) == {"Levenmouth"}
    assert set(person["simd_quintile"]) == {1}


def test_columns_nobody_thought_of_are_left_out_and_named(
    tables: dict[str, pd.DataFrame],
) -> None:
    tables["attendance"]["shoe size"] = "7"
    result = pseudonymise(tables, KEY, RULES, masking="sure")
    assert "shoe size" not in result.tables["attendance"].columns
    assert "attendance: shoe size" in result.left_out


def test_nothing_that_names_anybody_is_written(result: Pseudonymised, tmp_path: Path) -> None:
    paths = write_pseudonymised(result, tmp_path / "out")
    assert {path.stem for path in paths} == set(RULES.columns)
    for path in paths:
        content = path.read_text(encoding="utf-8").casefold()
        assert [secret for secret in SECRET if secret in content] == [], path.name
        heading = content.splitlines()[0].split(",")
        assert set(heading) <= set(RULES.columns[path.stem])
    excerpt = (tmp_path / "out" / "excerpt.csv").read_text(encoding="utf-8")
    assert "[name] ([e-mail]) of [postcode], born [date of birth], rang me." in excerpt


def test_nor_in_problems_findings_or_traits(tables: dict[str, pd.DataFrame]) -> None:
    tables["person"].loc[0, "DOB"] = "sometime"
    tables["attendance"].loc[1, "name"] = "Anne-Marie Berg"
    result = pseudonymise(tables, KEY, RULES, places=PLACES)
    said = " ".join(
        [*map(str, result.problems), *map(str, result.findings), *map(repr, result.problems)]
    )
    said += repr(result.findings) + result.traits.to_csv()
    assert result.problems and result.findings
    assert [s for s in SECRET if s in said.casefold() and s not in ("school", "s01")] == []
    assert "sometime" not in said


def test_the_folder_is_private(result: Pseudonymised, tmp_path: Path) -> None:
    write_pseudonymised(result, tmp_path / "new" / "out")
    assert (tmp_path / "new" / "out").stat().st_mode & 0o777 == 0o700
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["out"]


def test_nothing_is_written_over(result: Pseudonymised, tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text("mine")
    with pytest.raises(InputError, match="something already"):
        write_pseudonymised(result, tmp_path)
    with pytest.raises(InputError, match="something already"):
        write_pseudonymised(result, tmp_path / "old.csv")
    (tmp_path / "empty").mkdir()
    assert write_pseudonymised(result, tmp_path / "empty")


def test_all_or_nothing(
    result: Pseudonymised, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, written = pd.DataFrame.to_csv, []

    def full_disk(self: pd.DataFrame, path: Path, **more: object) -> None:
        written.append(path)
        if len(written) == 3:
            raise OSError("No space left on device")
        write(self, path, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(pd.DataFrame, "to_csv", full_disk)
    with pytest.raises(OSError, match="No space"):
        write_pseudonymised(result, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_free_text_that_names_somebody_is_not_written(
    tables: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    result = pseudonymise(tables, KEY, RULES)
    with pytest.raises(InputError, match=r"excerpt.csv, row 2, text: holds a name") as refused:
        write_pseudonymised(result, tmp_path / "out")
    assert "Zoë" not in str(refused.value)
    assert not (tmp_path / "out").exists()


def test_words_that_may_be_names_are_listed_or_masked(tables: dict[str, pd.DataFrame]) -> None:
    tables["excerpt"]["known as"] = ["May", ""]
    sure = pseudonymise(tables, KEY, RULES, masking="sure")
    assert [(item.row, item.sure) for item in sure.findings] == [(3, False)]
    all_masked = pseudonymise(tables, KEY, RULES, masking="all")
    assert all_masked.tables["excerpt"]["text"].tolist()[1] == "Nothing to hide in [name]."


def test_a_name_in_a_column_of_codes_is_a_problem(tables: dict[str, pd.DataFrame]) -> None:
    tables["attendance"].loc[0, "session_id"] = "JaneSmith-1"
    tables["excerpt"].loc[0, "excerpt_id"] = "JANE SMITH"
    tables["person"].loc[1, "role"] = "z@example.org"
    places = [p.place for p in pseudonymise(tables, KEY, RULES, masking="all").problems]
    assert places == ["person.csv", "attendance.csv", "excerpt.csv"]


def test_somebody_not_in_the_register_is_a_problem_and_still_unnamed(
    tables: dict[str, pd.DataFrame],
) -> None:
    tables["attendance"].loc[0, "person_id"] = "jane.smith"
    tables["attendance"].loc[1, "name"] = "Anne-Marie Berg"
    result = pseudonymise(tables, KEY, RULES, masking="sure")
    assert [problem.row for problem in result.problems] == [2, 3]
    assert result.tables["attendance"]["person_id"].str.match(r"P-[0-9a-f]{24}$").all()


def test_number_and_name_must_be_one_person(tables: dict[str, pd.DataFrame]) -> None:
    tables["attendance"].loc[1, "person_id"] = "local-2"
    (problem,) = pseudonymise(tables, KEY, RULES, masking="sure").problems
    assert (problem.row, problem.rule) == (3, "the number is one person's, and the name another's")


def test_one_number_for_two_people(tables: dict[str, pd.DataFrame]) -> None:
    tables["person"].loc[1, "source_org"] = "sim_b"
    tables["person"].loc[1, "Person ID"] = "local-1"
    shared = pseudonymise(tables, KEY, RULES, masking="sure")
    assert "stands for two people" in str(shared.problems[0])
    apart = pseudonymise(tables, KEY, replace(RULES, ids_per_supplier=True), masking="sure")
    assert not any("two people" in str(problem) for problem in apart.problems)
    first, second, _ = apart.tables["person"]["person_id"]
    assert apart.tables["excerpt"]["person_id"].tolist()[1] == first != second


def test_families_of_suppliers_that_number_for_themselves(
    tables: dict[str, pd.DataFrame],
) -> None:
    tables["person"]["family_id"] = "1"
    rules = replace(RULES, ids_per_supplier=True)
    families = pseudonymise(tables, KEY, rules, masking="sure").tables["person"]["family_id"]
    assert families.nunique() == 2


@pytest.mark.parametrize("name", ["Unknown", "", "n/a", "Jane", "Not known", "-"])
def test_what_is_no_name_makes_nobody_the_same(name: str) -> None:
    text = f"person_id|name|dob\n1|{name}|1985-03-07\n2|{name}|1985-03-07\n"
    made = pseudonymise({"person": table(text)}, KEY, RULES).tables["person"]
    assert made["person_id"].nunique() == 2


def test_somebody_nothing_is_known_of_is_a_problem() -> None:
    text = "person_id|name|dob\n|Jane|1985-03-07\n1|Jane Smith|1985-03-07\n|Unknown|"
    problems = pseudonymise({"person": table(text)}, KEY, RULES).problems
    assert [problem.row for problem in problems] == [2, 4]


def test_a_row_without_identity_takes_that_of_its_number() -> None:
    text = "person_id|name|dob\n1|Jane Smith|1985-03-07\n1||\n2||"
    one, same, other = pseudonymise({"person": table(text)}, KEY, RULES).tables["person"][
        "person_id"
    ]
    assert one == same != other


def test_tables_without_names_are_pseudonymised_by_number() -> None:
    tables = {"person": table("person_id\nP1\nP2"), "attendance": table("person_id\nP2")}
    result = pseudonymise(tables, KEY, RULES)
    assert result.problems == ()
    one = result.tables["person"]["person_id"].tolist()[1]
    assert result.tables["attendance"]["person_id"].tolist() == [one] != ["P2"]


def test_empty_cells_stay_empty() -> None:
    tables = {"person": table("person_id|family_id\nP1|"), "excerpt": table("person_id|text\n|")}
    result = pseudonymise(tables, KEY, RULES)
    assert result.problems == ()
    assert result.tables["person"]["family_id"].isna().all()
    assert result.tables["excerpt"]["person_id"].isna().all()


def test_without_a_register_or_with_an_unknown_table(tables: dict[str, pd.DataFrame]) -> None:
    problems = pseudonymise({"attendence": tables["attendance"]}, KEY, RULES).problems
    assert [problem.place for problem in problems] == ["person.csv", "attendence.csv"]


def test_an_unknown_data_zone_stops_the_writing(
    tables: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    tables["person"].loc[1, "DZ"] = "S99"
    result = pseudonymise(tables, KEY, RULES, places=PLACES, masking="sure")
    with pytest.raises(InputError, match="data zone is not in the lookup"):
        write_pseudonymised(result, tmp_path / "out")


def test_another_key_makes_other_pseudonyms(tables: dict[str, pd.DataFrame]) -> None:
    here = pseudonymise(tables, KEY, RULES)
    there = pseudonymise(tables, bytes(32), RULES)
    for name, column in (("person", "person_id"), ("person", "family_id"), ("coding", "coder_id")):
        assert not set(here.tables[name][column]) & set(there.tables[name][column])
    hashed = ["birth_month", "initials"]
    assert not set(here.traits[hashed].stack()) & set(there.traits[hashed].stack())


def test_the_tables_given_are_not_changed(tables: dict[str, pd.DataFrame]) -> None:
    before = {name: frame.copy() for name, frame in tables.items()}
    pseudonymise(tables, KEY, RULES, places=PLACES, masking="all")
    for name, frame in before.items():
        pd.testing.assert_frame_equal(frame, tables[name])


def contracts() -> list[Contract]:
    modules = pkgutil.iter_modules(wfw_eval.records.__path__, "wfw_eval.records.")
    found = {
        value.name: value
        for module in modules
        for value in vars(importlib.import_module(module.name)).values()
        if isinstance(value, Contract) and "records" in value.origins
    }
    return list(found.values())


@pytest.mark.parametrize("contract", contracts(), ids=lambda contract: contract.name)
def test_the_rules_know_the_contracts(contract: Contract) -> None:
    rules = Identifying()
    assert [name for name in contract.columns if rules.identifies(contract.name, name)] == []
    people = {
        *rules.person_columns(contract.name),
        *rules.raters.get(contract.name, ()),
    }
    to_people = [key for key in contract.foreign if key.references == "person_id"]
    assert {key.column for key in to_people} <= people
    words = [f.name for f in contract.fields if "Pseudonym of the" in f.about]
    assert set(words) <= people | {"family_id"}
