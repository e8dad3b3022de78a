"""Patterns of what identifies people in one text: addresses, numbers, dates of birth and names.

The forms are those of the United Kingdom. A doubtful form is found, too, and marked as not sure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from wfw_eval.records.privacy.names_in_text import KnownNames, find_names
from wfw_eval.records.privacy.normal_forms import SPECIAL_LETTERS, normal_telephone

Kind = Literal[
    "e-mail", "telephone", "postcode", "date of birth", "NI number", "CHI number", "name"
]

#: What was found, where it starts and ends, and whether it is sure.
Hit = tuple[Kind, int, int, bool]

#: A bare date from this year on is more likely that of a meeting than a date of birth.
EVENTS_FROM = 2020

_POSTCODE_AREAS = (
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E "
    "EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL "
    "LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM "
    "SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE"
)
#: First letters of the postcodes of the United Kingdom and Crown dependencies.
POSTCODE_AREAS = frozenset(_POSTCODE_AREAS.split())

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = (
    r"(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}|"
    rf"{_NTH}(?: of)? {_MONTH},? \d{{4}}|{_MONTH} {_NTH},? \d{{4}})"
)
_BORN = (
    r"(?:\bborn\b|\bd\.?o\.?b\b\.?|\bdate of birth|\bbirth ?da(?:y|te))"
    r"[^\w\n]{0,3}(?:is |was )?(?:on )?"
)

_LOCAL = r"[\w.+%'-]"
_EMAIL = re.compile(
    rf"(?<!{_LOCAL}){_LOCAL}+(?: ?@ ?| ?[\[(]at[\])] ?)[\w-]+(?:(?:\.| ?[\[(]dot[\])] ?)[\w-]+)+",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(
    r"(?<![\w£.,/-])(?:(?:\+|00)44[ .-]?(?:\(0\))?|\(?0)(?:[ .()-]{0,2}\d){9,10}(?![\w]|[./-]\d)"
)
_ZERO_EATEN = re.compile(r"(?<![\w£.,/-])(?:7\d{3} ?\d{3} ?\d{3}|1\d{3} ?\d{6})(?![\w]|[.,/-]\d)")
_POSTCODE = re.compile(
    r"(?<![\w])([A-Z]{1,2})\d[A-Z\d]? {0,2}\d[ABD-HJLNP-UW-Z]{2}(?![\w])", re.IGNORECASE
)
_NI = re.compile(
    r"(?<!\w)(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?:[ -]?\d{2}){3}"
    r"[ -]?[A-D](?!\w)",
    re.IGNORECASE,
)
_CHI = re.compile(r"(?<![\w£.,/+-])\d{6}[ -]?\d{4}(?![\w]|[.,/-]\d)")
_BIRTH = re.compile(rf"{_BORN}({_DATE})(?!\w)", re.IGNORECASE)
_CALENDAR = re.compile(
    rf"(?<!\w)(?:{_NTH}(?: of)? {_MONTH}|{_MONTH},? (?:\d{{4}}|{_NTH}))(?!\w)", re.IGNORECASE
)
_BARE_DATE = re.compile(rf"(?<![\w/.-]){_DATE}(?![\w/]|[.-]\d)", re.IGNORECASE)


def search(text: str, known: KnownNames) -> list[Hit]:
    """Find what identifies people in one text: kind, start, end, sure. Nothing is found twice."""
    plain, places = _plain(text)
    taken = [False] * len(plain)
    found: list[Hit] = []
    for kind, start, end, sure in _hits(plain, known):
        if not any(taken[start:end]):
            taken[start:end] = [True] * (end - start)
            found.append((kind, places[start], _end(text, places[end - 1]), sure))
    return sorted(found, key=lambda hit: hit[1])


def _plain(text: str) -> tuple[str, Sequence[int]]:
    """Fold width and accents but not case; say which character each came from."""
    if text.isascii():
        return text, range(len(text))
    pairs = [(sign, place) for place, original in enumerate(text) for sign in _signs(original)]
    return "".join(sign for sign, _ in pairs), [place for _, place in pairs]


def _signs(original: str) -> str:
    if original in "’‘ʼ`´":
        return "'"
    if unicodedata.category(original) == "Pd":
        return "-"
    lower = original.lower().translate(SPECIAL_LETTERS)
    folded = lower.capitalize() if original.isupper() else lower
    split = unicodedata.normalize("NFKD", folded if lower != original.lower() else original)
    return "".join(sign for sign in split if unicodedata.category(sign) not in ("Mn", "Cf"))


def _end(text: str, last: int) -> int:
    """Take accents that stand after their letter along."""
    end = last + 1
    while end < len(text) and unicodedata.category(text[end]) == "Mn":
        end += 1
    return end


def _hits(plain: str, known: KnownNames) -> Iterator[Hit]:
    """Find candidates; of those that overlap the first is kept, so the surest come first."""
    for match in _EMAIL.finditer(plain):
        yield "e-mail", *match.span(), True
    if any(sign.isdigit() for sign in plain):
        yield from _numbers(plain)
    calendar = {match.span() for match in _CALENDAR.finditer(plain)}
    for start, end, sure in find_names(plain, known):
        if sure or not any(a <= start and end <= b for a, b in calendar):
            yield "name", start, end, sure


def _numbers(plain: str) -> Iterator[Hit]:
    for match in _NI.finditer(plain):
        yield "NI number", *match.span(), True
    for match in _BIRTH.finditer(plain):
        yield "date of birth", *match.span(1), True
    chi = [match for match in _CHI.finditer(plain) if _day(match[0])]
    yield from (("CHI number", *match.span(), True) for match in chi if _checked(match[0]))
    for match in _TELEPHONE.finditer(plain):
        if _rings(match[0]):
            yield "telephone", *match.span(), True
    yield from (("CHI number", *match.span(), False) for match in chi)
    for match in _ZERO_EATEN.finditer(plain):
        yield "telephone", *match.span(), False
    for match in _POSTCODE.finditer(plain):
        if match[1].upper() in POSTCODE_AREAS:
            yield "postcode", *match.span(), match[0].isupper() or match[0].islower()
    for match in _BARE_DATE.finditer(plain):
        year = re.search(r"\d{4}", match[0])
        if year is None or 1900 <= int(year[0]) < EVENTS_FROM:
            yield "date of birth", *match.span(), False


def _rings(number: str) -> bool:
    """Whether a number has the length of its kind: mobile numbers are never shorter."""
    national = normal_telephone(number).removeprefix("+44")
    return national[0] in "123578" and len(national) >= (10 if national[0] in "57" else 9)


def _day(chi: str) -> bool:
    """Whether a number starts with a day, as Community Health Index numbers do."""
    day, month, year = (int(chi[place : place + 2]) for place in (0, 2, 4))
    try:
        date(2000 + year, month, day)
    except ValueError:
        return (day, month) == (29, 2)  # a leap day of the last century
    return True


def _checked(chi: str) -> bool:
    """Whether the last digit is the check digit: the weighted sum is a multiple of 11."""
    digits = [int(sign) for sign in chi if sign.isdigit()]
    return sum(digit * (10 - place) for place, digit in enumerate(digits)) % 11 == 0
