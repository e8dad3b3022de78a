"""One spelling for what identifies a person, so that two registers give the same pseudonym.

Capitals, accents, spaces, hyphens, apostrophes, titles and the order of a name make no difference.
What this cannot see: a letter of another alphabet that looks the same (Cyrillic "а" in "Jаne"),
another spelling (Mac and Mc, Catherine and Katherine), a short form (Liz), a middle name, a new
surname. Such a person gets two pseudonyms; near-duplicates list some of them for a human.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from functools import lru_cache

#: Letters that Unicode does not split into a plain letter and an accent.
SPECIAL_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_TITLES = "mr mrs ms miss mx dr prof professor rev reverend sir dame lord lady"
TITLES = frozenset(_TITLES.split())

_DATE_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d %H:%M:%S")


@lru_cache(100_000)
def plain_letters(text: str) -> str:
    """Fold width, case and accents, and drop characters that cannot be seen.

    >>> plain_letters("ＪＯＳÉ Łukasz Weiß")
    'jose lukasz weiss'
    """
    split = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    seen = (sign for sign in split if unicodedata.category(sign) not in ("Mn", "Cf"))
    return "".join(seen).translate(SPECIAL_LETTERS)


def normal_name(text: str) -> str:
    """Fold a name to its letters, first name first; titles are left out.

    >>> normal_name("O’Neill, Dr Anne-Marie"), normal_name("anne marie ONEILL")
    ('annemarieoneill', 'annemarieoneill')
    """
    return "".join(sign for sign in "".join(name_words(text)) if sign.isalnum())


def initials(text: str) -> str:
    """Return the first letters of the first and the last word of a name.

    >>> initials("O’Neill, Dr Anne-Marie"), initials("Zoë")
    ('ao', '')
    """
    words = name_words(text)
    return words[0][0] + words[-1][0] if len(words) > 1 else ""


def name_words(text: str) -> list[str]:
    """Split a name into words in plain letters, first name first, without titles."""
    last, comma, first = plain_letters(text).partition(",")
    words = re.split(r"[\s.]+", f"{first} {last}" if comma else last)
    words = [word for word in words if word]
    while len(words) > 1 and words[0] in TITLES:  # only in front: Lord is a surname, too
        words = words[1:]
    return words


def normal_email(text: str) -> str:
    """Fold the case and width of an e-mail address; spaces around and inside are slips.

    >>> normal_email(" Jane.Smith@Example.ORG ")
    'jane.smith@example.org'
    """
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def normal_telephone(text: str) -> str:
    """Write a United Kingdom number in its international form, other numbers as their digits.

    A spreadsheet may have eaten the leading zero.

    >>> normal_telephone("07700 900123"), normal_telephone("+44 (0)7700-900 123")
    ('+447700900123', '+447700900123')
    """
    digits = "".join(str(int(sign)) for sign in text if sign.isdecimal())
    national = re.sub(r"^(?:(?:00)?44)?0?(?=[1-9]\d{8,9}$)", "", digits)
    return f"+44{national}" if re.fullmatch(r"[1-9]\d{8,9}", national) else digits


@lru_cache(100_000)
def normal_date(text: str) -> str:
    """Write a date as year-month-day; the day comes first, as in Britain. Empty if unreadable.

    >>> normal_date("07/03/1985"), normal_date("7 March 1985"), normal_date("03/85")
    ('1985-03-07', '1985-03-07', '')
    """
    plain = re.sub(r"[./]", "/", " ".join(unicodedata.normalize("NFKC", text).split()))
    plain = re.sub(r"^(\d{1,2})-(\d{1,2})-(\d{4})$", r"\1/\2/\3", plain)
    for form in _DATE_FORMS if plain[:1].isdigit() else ():
        try:
            return _sensible(datetime.strptime(plain, form).date())
        except ValueError:
            continue
    return ""


def _sensible(day: date) -> str:
    """Refuse years before anybody living; 1 January 1900 is what registers write for "unknown"."""
    return day.isoformat() if day.year > 1900 else ""


def normalised(part: str) -> str:
    """Bring a part of an identity to its normal form, by what it looks like.

    >>> normalised("A@B.org"), normalised("01592 123456"), normalised("7/3/1985")
    ('a@b.org', '+441592123456', '1985-03-07')
    """
    if "@" in part:
        return normal_email(part)
    if day := normal_date(part):
        return day
    if re.fullmatch(r"[\d\s()+.\-/]*", part) and sum(sign.isdecimal() for sign in part) >= 9:
        return normal_telephone(part)
    return normal_name(part)
