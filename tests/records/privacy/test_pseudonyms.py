"""Keys that others could have are refused; pseudonyms see through spelling, and only through it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from wfw_eval.errors import InputError
from wfw_eval.records.privacy.normal_forms import normal_date, normal_name, normal_telephone
from wfw_eval.records.privacy.pseudonyms import (
    DIGITS,
    new_key,
    pseudonym,
    pseudonym_of_id,
    read_key,
)

KEY = bytes(range(32))
PROJECT = Path(__file__).parents[2]


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "key"
    new_key(path)
    return path


def test_a_new_key_is_random_private_and_can_be_read(key_file: Path, tmp_path: Path) -> None:
    new_key(tmp_path / "other")
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert len(read_key(key_file)) == 32
    assert read_key(key_file) != read_key(tmp_path / "other")


def test_a_new_key_ignores_a_lax_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        new_key(tmp_path / "key")
    finally:
        os.umask(before)
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_a_key_is_never_written_over(key_file: Path) -> None:
    before = key_file.read_text()
    with pytest.raises(InputError, match="there is a file already"):
        new_key(key_file)
    assert key_file.read_text() == before


def test_a_new_key_needs_its_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        new_key(tmp_path / "nowhere" / "key")


def test_a_missing_key_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"wfw-eval new-key PATH"):
        read_key(tmp_path / "none")


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o610])
def test_a_key_others_may_open_is_refused(key_file: Path, mode: int) -> None:
    key_file.chmod(mode)
    with pytest.raises(InputError, match="others than its owner"):
        read_key(key_file)


def test_a_key_that_cannot_be_written_to_is_fine(key_file: Path) -> None:
    key_file.chmod(0o400)
    assert len(read_key(key_file)) == 32


@pytest.mark.parametrize("size", [0, 1, 16, 31])
def test_a_short_key_is_refused(key_file: Path, size: int) -> None:
    key_file.write_text("ab" * size)
    with pytest.raises(InputError, match=f"has {size} bytes"):
        read_key(key_file)


@pytest.mark.parametrize("content", [b"a passphrase that is long enough to be a key", b"\xff" * 40])
def test_what_is_not_hexadecimal_is_refused_and_not_shown(key_file: Path, content: bytes) -> None:
    key_file.write_bytes(content)
    with pytest.raises(InputError, match="hexadecimal") as refused:
        read_key(key_file)
    assert "passphrase" not in str(refused.value)


def test_a_folder_is_no_key(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="key"):
        read_key(tmp_path)


@pytest.mark.parametrize("marker", [".git/HEAD", ".git"])
def test_a_key_in_any_repository_is_refused(tmp_path: Path, marker: str) -> None:
    (tmp_path / "repo" / "deep").mkdir(parents=True)
    (tmp_path / "repo" / marker).parent.mkdir(exist_ok=True)
    (tmp_path / "repo" / marker).write_text("")
    path = tmp_path / "repo" / "deep" / "key"
    with pytest.raises(InputError, match="lies in a repository"):
        new_key(path)
    assert not path.exists()


def test_a_key_in_this_project_is_refused(key_file: Path) -> None:
    with pytest.raises(InputError, match="lies in a repository"):
        read_key(PROJECT / "outputs" / "key")
    with pytest.raises(InputError, match="lies in a repository"):
        read_key(key_file, project=key_file.parent)


def test_a_copy_of_this_project_without_git_is_known(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "wfw_eval"\n')
    with pytest.raises(InputError, match="lies in a repository"):
        new_key(tmp_path / "key")


def test_links_into_and_out_of_a_repository_are_refused(key_file: Path, tmp_path: Path) -> None:
    repository = tmp_path / "repo"
    (repository / ".git").mkdir(parents=True)
    inside = repository / "key"
    inside.write_text("ab" * 32)
    inside.chmod(0o600)
    (tmp_path / "link").symlink_to(inside)
    (repository / "out").symlink_to(key_file)
    for path in (tmp_path / "link", repository / "out", tmp_path / "x" / ".." / "repo" / "key"):
        with pytest.raises(InputError, match="lies in a repository"):
            read_key(path)


def test_a_second_name_of_the_key_file_is_refused(key_file: Path, tmp_path: Path) -> None:
    (tmp_path / "again").hardlink_to(key_file)
    with pytest.raises(InputError, match="second name"):
        read_key(key_file)


SAME = [
    ("Zoë O'Neill", "ZOE ONEILL"),
    ("Zoë O’Neill", "Zoe O Neill"),
    ("Zoë O'Neill", "Zoe\u0308 O'Neill"),
    ("Zoë O'Neill", "O'Neill, Zoë"),
    ("Anne-Marie Mac Donald", "Anne Marie MacDonald"),
    ("Dr Jane Smith", "jane  smith "),
    ("Mrs. Jane Smith", "Jane Smith"),
    ("Jane\u00a0Smith", "Ja\u200bne Smith"),
    ("Ｊａｎｅ Smith", "Jane Smith"),
    ("Łukasz Weiß", "Lukasz WEISS"),
    ("Søren Ægir", "Soren Aegir"),
    ("İpek Yılmaz", "Ipek Yilmaz"),
    ("Nguyễn Thị", "Nguyen Thi"),
]
DIFFERENT = [
    ("Jane Smith", "Jane Smyth"),
    ("Jane Smith", "Liz Smith"),
    ("Jane Smith", "Jane Mary Smith"),
    ("Jane McDonald", "Jane MacDonald"),
    # A known limit: letters of another alphabet that look the same are other letters.
    ("Jane Smith", "J\u0430ne Smith"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spelling_makes_no_difference(one: str, other: str) -> None:
    assert pseudonym(KEY, "person", one) == pseudonym(KEY, "person", other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_other_names_are_other_people(one: str, other: str) -> None:
    assert pseudonym(KEY, "person", one) != pseudonym(KEY, "person", other)


def test_a_surname_that_is_a_title_stays() -> None:
    assert normal_name("Jane Lord") == "janelord"
    assert normal_name("Lady") == "lady"


@pytest.mark.parametrize(
    "number",
    ["07700 900123", "+44 7700 900123", "0044 7700900123", "+44 (0)7700-900-123", "7700900123"],
)
def test_a_telephone_number_has_one_form(number: str) -> None:
    assert normal_telephone(number) == "+447700900123"


@pytest.mark.parametrize(
    "day", ["1985-03-07", "07/03/1985", "7.3.1985", "7-3-1985", "7 Mar 1985", "1985-03-07 00:00:00"]
)
def test_a_date_has_one_form(day: str) -> None:
    assert normal_date(day) == "1985-03-07"


@pytest.mark.parametrize("day", ["", "03/85", "31/02/1985", "unknown", "1900-01-01", "07/03/85"])
def test_a_doubtful_date_is_none(day: str) -> None:
    assert normal_date(day) == ""


def test_form_kind_and_length() -> None:
    person, family = (pseudonym(KEY, kind, "A B") for kind in ("person", "family"))
    assert person.startswith("P-") and family.startswith("F-")
    assert person[2:] != family[2:]
    assert len(person) == 2 + DIGITS and 4 * DIGITS >= 80


def test_collisions_are_negligible_for_ten_million() -> None:
    people = 10_000_000
    assert people**2 / 2 ** (4 * DIGITS + 1) < 1e-9


def test_under_another_key_nothing_can_be_linked() -> None:
    names = [f"Person Number{n}" for n in range(500)]
    one = {pseudonym(KEY, "person", name)[2:] for name in names}
    other = {pseudonym(bytes(32), "person", name)[2:] for name in names}
    assert len(one) == len(other) == 500
    assert not one & other


def test_borders_between_parts_count() -> None:
    assert pseudonym(KEY, "person", "ab", "c") != pseudonym(KEY, "person", "a", "bc")
    assert pseudonym(KEY, "person", "ab") != pseudonym(KEY, "person", "ab", "")


def test_numbers_of_suppliers_count_to_the_letter() -> None:
    made = {pseudonym_of_id(KEY, "person", "", n) for n in ("1-11", "11-1", "111", "a1", "A1")}
    assert len(made) == 5
    assert pseudonym_of_id(KEY, "person", "", " a1 ") in made


def test_a_number_is_not_taken_for_a_name() -> None:
    assert pseudonym(KEY, "person", "a1") != pseudonym_of_id(KEY, "person", "a1")


def test_nothing_identifies_nobody() -> None:
    with pytest.raises(ValueError, match="nothing identifies"):
        pseudonym(KEY, "person", " - ", "")
