"""What names somebody in free text is found, and what only looks like it is not."""

from __future__ import annotations

import time

import pandas as pd
import pytest

from wfw_eval.records.privacy.freetext import Finding, mask, scan
from wfw_eval.records.privacy.identifiers_in_text import search
from wfw_eval.records.privacy.names_in_text import known_names

NAMES = [
    "Zoë O'Neill",
    "Jane Smith-Jones",
    "Will Young",
    "May Hope",
    "van der Berg, Anne-Marie",
    "Dr Łukasz Weiß",
    "Jo Li",
    "Màiri NicDhòmhnaill",
    "Ian Mac Donald",
]

#: Text, and what stands in it; "?" marks what is only possible.
FOUND = [
    ("write to jane.smith@example.org.", [("e-mail", "jane.smith@example.org")]),
    ("J.O'Neill+fife@mail.example.co.uk said", [("e-mail", "J.O'Neill+fife@mail.example.co.uk")]),
    ("at jane @ example.org today", [("e-mail", "jane @ example.org")]),
    ("jane[at]example[dot]org", [("e-mail", "jane[at]example[dot]org")]),
    ("ＪＡＮＥ＠ＥＸＡＭＰＬＥ．ＯＲＧ", [("e-mail", "ＪＡＮＥ＠ＥＸＡＭＰＬＥ．ＯＲＧ")]),
    ("ring 07700 900123 after six", [("telephone", "07700 900123")]),
    ("ring 07700900123.", [("telephone", "07700900123")]),
    ("+44 7700 900 123", [("telephone", "+44 7700 900 123")]),
    ("0044 7700 900123", [("telephone", "0044 7700 900123")]),
    ("+44 (0)1592 583372", [("telephone", "+44 (0)1592 583372")]),
    ("(01592) 583372", [("telephone", "(01592) 583372")]),
    ("01592-583-372, ask for her", [("telephone", "01592-583-372")]),
    ("0131 496 0123", [("telephone", "0131 496 0123")]),
    ("020 7946 0958", [("telephone", "020 7946 0958")]),
    ("07700\u00a0900\u00a0123", [("telephone", "07700\u00a0900\u00a0123")]),
    ("7700 900123", [("telephone?", "7700 900123")]),
    ("we live at KY8 4QA", [("postcode", "KY8 4QA")]),
    ("ky11aa", [("postcode", "ky11aa")]),
    ("EH1  2NG,", [("postcode", "EH1  2NG")]),
    ("SW1A 1AA", [("postcode", "SW1A 1AA")]),
    ("in S1 2hr sessions", [("postcode?", "S1 2hr")]),
    ("born 7/3/1985 in Leven", [("date of birth", "7/3/1985")]),
    ("DOB: 07.03.85", [("date of birth", "07.03.85")]),
    ("date of birth is 7th March 1985", [("date of birth", "7th March 1985")]),
    ("her birthday was on 12 May 2023", [("date of birth", "12 May 2023")]),
    ("d.o.b. 1985-03-07", [("date of birth", "1985-03-07")]),
    ("on 7 March 1985 we", [("date of birth?", "7 March 1985")]),
    ("7/3/1985", [("date of birth?", "7/3/1985")]),
    ("NI AB 12 34 56 C", [("NI number", "AB 12 34 56 C")]),
    ("ab123456c", [("NI number", "ab123456c")]),
    ("CHI 0703851234", [("CHI number?", "0703851234")]),
    ("CHI 070385 1233", [("CHI number", "070385 1233")]),
    ("2902001234", [("CHI number?", "2902001234")]),
    ("Zoë came", [("name", "Zoë")]),
    ("zoe came", [("name", "zoe")]),
    ("ZOE'S mother", [("name", "ZOE")]),
    ("Zoe\u0308 came", [("name", "Zoe\u0308")]),
    ("O’Neill’s idea", [("name", "O’Neill")]),
    ("mrs oneill said", [("name", "oneill")]),
    ("O Neill, Zoe", [("name", "O Neill"), ("name", "Zoe")]),
    ("by Zoe O'Neill.", [("name", "Zoe O'Neill")]),
    ("Jane Smith-Jones", [("name", "Jane Smith-Jones")]),
    ("Smith Jones", [("name", "Smith Jones")]),
    ("Ms Jones thinks", [("name", "Jones")]),
    ("Jane and Zoe", [("name", "Jane"), ("name", "Zoe")]),
    ("anne marie", [("name", "anne marie")]),
    ("Annemarie van der Berg", [("name", "Annemarie van der Berg")]),
    ("Mrs Van Der Berg", [("name", "Van Der Berg")]),
    ("lukasz weiss", [("name", "lukasz weiss")]),
    ("Łukasz", [("name", "Łukasz")]),
    ("Mairi NicDhomhnaill", [("name", "Mairi NicDhomhnaill")]),
    ("MacDonald", [("name", "MacDonald")]),
    ("32/13/1985 is a slip", [("date of birth?", "32/13/1985")]),
    ("May told us", [("name?", "May")]),
    ("in May we met", [("name?", "May")]),
    ("Hope is a worker", [("name?", "Hope")]),
    ("May Hope spoke", [("name", "May Hope")]),
    ("Will Young spoke", [("name", "Will Young")]),
    ("then Jo left", [("name?", "Jo")]),
    (
        "Zoë, 07700 900123, KY8 4QA",
        [("name", "Zoë"), ("telephone", "07700 900123"), ("postcode", "KY8 4QA")],
    ),
]

NOTHING = [
    "",
    "We were listened to.",
    "will young people come, we may hope",
    "clause 2.4a of the plan, page 12",
    "£1,250 of £140,000 were spent in 2023-24",
    "between 2023 and 2024, 30-35 families",
    "on 12 May 2023 and 30/06/2024 we met",
    "2023-04-15",
    "in May 2023, on 3rd of May and May 12th",
    "call 999 or 101",
    "0800 1111 is a helpline",
    "row 1234567 of 9999999999",
    "£0700090012 is no number",
    "A4 paper, the M8, B12 vitamins and COVID19",
    "XX1 1XX is nobody's postcode",
    "KY8",
    "GB 12 34 56 C",
    "janet, zoetrope, weissbier, jonesing",
    "the Annexe of the bergamot garden",
    "one at home dot com",
    "@handle and #tag",
    "3.5 hours, 10.30 to 12.15",
    "S001 P0327 F001",
    "van der",
    "4513851234 is no number",
]


@pytest.mark.parametrize(("text", "wanted"), FOUND)
def test_found(text: str, wanted: list[tuple[str, str]]) -> None:
    hits = search(text, known_names(NAMES))
    assert [(kind + ("" if sure else "?"), text[a:b]) for kind, a, b, sure in hits] == wanted


@pytest.mark.parametrize("text", NOTHING)
def test_not_found(text: str) -> None:
    assert search(text, known_names(NAMES)) == []


def test_enough_texts_were_tried() -> None:
    assert len(FOUND) + len(NOTHING) >= 60


def test_a_finding_has_its_place_and_not_its_words() -> None:
    frame = pd.DataFrame({"text": ["nothing", "ring Zoë on 07700 900123", None]})
    name, number = scan(frame, ["text"], NAMES, "excerpt")
    assert name == Finding("excerpt", 3, "text", "name", 5, 8)
    assert str(number) == "excerpt, row 3, text, characters 13 to 24: telephone"
    assert "Zoë" not in repr([name, number]) and "07700" not in repr([name, number])


def test_masking_leaves_the_rest() -> None:
    text = "Zoë O’Neill (zoe@x.org, 07700 900123) of KY8 4QA, born 7/3/1985, spoke."
    frame = pd.DataFrame({"text": [text, "in May"], "other": ["Zoë", ""]}, index=[5, 5])
    masked = mask(frame, [item for item in scan(frame, ["text"], NAMES) if item.sure])
    assert masked["text"].tolist() == [
        "[name] ([e-mail], [telephone]) of [postcode], born [date of birth], spoke.",
        "in May",
    ]
    assert masked["other"].tolist() == ["Zoë", ""]
    assert frame["text"].tolist()[0] == text


def test_a_masked_text_has_nothing_left() -> None:
    frame = pd.DataFrame({"text": [text for text, _ in FOUND]})
    masked = mask(frame, scan(frame, ["text"], NAMES))
    assert scan(masked, ["text"], NAMES) == []


def test_lists_are_searched_and_stay_lists() -> None:
    frame = pd.DataFrame({"mitigations": [("ask Zoë", "none"), ()]})
    masked = mask(frame, scan(frame, ["mitigations"], NAMES))
    assert masked["mitigations"].tolist() == [("ask [name]", "none"), ()]


def test_odd_names_in_the_list_find_nothing() -> None:
    known = known_names(["", " ", "-", "Mr", "x", "van", "'"])
    assert search("Mr x of the van - all", known) == []


@pytest.mark.parametrize("text", ["a" * 100_000, "0" * 100_000, "a.b-" * 25_000, "Jane " * 20_000])
def test_time_grows_with_the_text_only(text: str) -> None:
    start = time.perf_counter()
    search(text, known_names([f"Name{n} Surname{n}" for n in range(5_000)]))
    assert time.perf_counter() - start < 5
