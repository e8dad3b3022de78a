"""Comparing what people write with what the contracts say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

#: Dashes of every length, and the minus sign.
DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_SPACES = re.compile(r"[^\S\n]")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_SIGNS = {"£": " gbp ", "€": " eur ", "$": " usd ", "&": " and ", "%": " percent "}


def clean(cell: str) -> str:
    r"""Take away what nobody sees: spaces around, spaces that do not break, invisible signs.

    >>> clean(" S001\u00a0")
    'S001'
    """
    if cell.isascii() and cell.isprintable():  # nearly every cell, and much quicker
        return cell.strip()
    return _INVISIBLE.sub("", _SPACES.sub(" ", _BREAKS.sub("\n", cell))).strip()


def plain_dashes(cell: str) -> str:
    """Write every dash as a hyphen.

    >>> plain_dashes("S–001")
    'S-001'
    """
    return DASHES.sub("-", cell)


def fold(words: str) -> str:
    """Reduce words to what counts when they are compared.

    >>> fold(" Date_of  Session:"), fold("Paid (£)")
    ('date of session', 'paid gbp')
    """
    text = unicodedata.normalize("NFKC", words).casefold()
    for sign, word in _SIGNS.items():
        text = text.replace(sign, word)
    return " ".join(re.findall(r"[^\W_]+", text))


def without_brackets(words: str) -> str:
    """Leave out what stands in brackets.

    >>> without_brackets("Hours (to the nearest half)")
    'Hours '
    """
    return re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", words)


def singular(words: str) -> tuple[str, ...]:
    """Split folded words, each without the ending of its plural.

    >>> singular("family characteristics"), singular("bodies")
    (('family', 'characteristic'), ('body',))
    """
    return tuple(_singular(word) for word in words.split())


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] not in "su" else word


def contains(words: Sequence[str], part: Sequence[str]) -> bool:
    """Say whether some words stand together in others, in their order.

    >>> contains(("partner", "a", "attendance"), ("attendance",))
    True
    """
    size = len(part)
    return any(
        tuple(words[start : start + size]) == tuple(part) for start in range(len(words) - size + 1)
    )
