"""Finding the names of known people in text, in time that grows with the text only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wfw_eval.records.privacy.normal_forms import TITLES, plain_letters

_ORDINARY = """
    amber angel april art ash august autumn avril baker banks bell berry bird black bond brook
    brooks brown burn burns bush butcher carol carpenter carter chance charity chase cherry church
    clay cliff cook cross crystal dale daisy dawn day dean dee dolly don drew earl east eden eve
    faith fern field fields fife fisher flora forest forth fox frank garden gardener gay gene ginger
    glen gold golden good grace grant gray green grey guy hall hand hardy harmony hazel head heather
    herb hill holly honey hood hope house hunt hunter iris ivy jack jade jay jean jet joy judge june
    justice kelty king kirk kit knight lamb lane large law lee leslie leven lily little lock long
    lord love low lundin mace major march mark marsh mason max may mercy miles mill miller moor moss
    noble north olive page park parks pat patience paul pearl peg penny piper pool poor poppy pope
    porter potter power price prince rain ray reed reeves rice rich river rivers rob robin rose ross
    ruby rusty sandy savage school sharp shaw shepherd short silver singer skip sky small smart
    snow south spring star stewart stirling stone street strong sue summer swan sweet tailor temple
    thorn town turner victor violet wade walker wall ward waters way weaver webb wells west white
    will willow winter wise wood woods woody young
"""
#: Names that are ordinary words, months or places, too: alone they may or may not be a name.
ORDINARY = frozenset(_ORDINARY.split())

_PARTICLES = "al and bin da de del der di du el ibn la le mac mc o of the van von"
#: Small words inside names, which say nothing alone.
PARTICLES = frozenset(_PARTICLES.split())

#: Words of one name that may be written apart, such as van der Berg Jones.
LONGEST = 5

_TOKEN = re.compile(r"[^\W\d_]+")
_SEAM = re.compile(r"[ \t]{0,3}[-'.]?[ \t]{0,3}")


@dataclass(frozen=True)
class KnownNames:
    """Names to look for: whole names, and their words, folded to plain letters."""

    whole: frozenset[str]
    words: frozenset[str]


def known_names(names: Iterable[str]) -> KnownNames:
    """Fold a list of people's names, first name first or "last, first".

    >>> sorted(known_names(["O’Neill, Zoë"]).words)
    ['neill', 'oneill', 'zoe']
    """
    whole, words = set(), set()
    for name in names:
        parts = _parts(name)
        if len(parts) > 1:
            whole |= {_letters([parts[0], parts[-1]]), _letters([parts[-1], parts[0]])}
        whole |= {_letters(parts[place:]) for place in range(len(parts) - 1)}
        for place, part in enumerate(parts):
            if part in PARTICLES:  # Mac Donald may be written MacDonald
                words.add(_letters(parts[place:]))
            words |= {_letters([part]), *_TOKEN.findall(part)}
    words = {word for word in words if len(word) > 1} - PARTICLES - TITLES
    return KnownNames(frozenset(whole - {""}), frozenset(words))


def _parts(name: str) -> list[str]:
    last, comma, first = plain_letters(name).replace("’", "'").partition(",")
    parts = (f"{first} {last}" if comma else last).split()
    return [part for part in parts if part.strip(".") not in TITLES]


def _letters(parts: Iterable[str]) -> str:
    return "".join("".join(_TOKEN.findall(part)) for part in parts)


def find_names(text: str, known: KnownNames) -> Iterator[tuple[int, int, bool]]:
    """Find names in plain text; say where each starts and ends, and whether it is sure.

    Longer names are taken first. A name that is an ordinary word, or has two letters, is found
    only where it has a capital, and is not sure; in small letters it is taken for the word.
    """
    tokens = [match.span() for match in _TOKEN.finditer(text)]
    first = 0
    while first < len(tokens):
        width, sure = _name_at(text, tokens, first, known)
        if width:
            yield tokens[first][0], tokens[first + width - 1][1], sure
        first += width or 1


def _name_at(
    text: str, tokens: list[tuple[int, int]], first: int, known: KnownNames
) -> tuple[int, bool]:
    """Return how many words from here on are one name, and whether it is sure."""
    best, words = (0, False), list[str]()
    for width, (start, end) in enumerate(tokens[first : first + LONGEST], start=1):
        if width > 1 and not _SEAM.fullmatch(text, tokens[first + width - 2][1], start):
            break
        words.append(text[start:end])
        sure = _judged(words, known)
        if sure is not None and (sure or not best[1]):
            best = (width, sure)
    return best


def _judged(words: list[str], known: KnownNames) -> bool | None:
    """Say whether these words are surely a name, perhaps (False), or not at all (None)."""
    letters = "".join(words).lower()
    plain = all(_is_plain(word) for word in words)
    if plain and not all(word[0].isupper() for word in words):
        return None
    if letters in known.whole:
        return True
    return not plain if letters in known.words else None


def _is_plain(word: str) -> bool:
    return word.lower() in ORDINARY or len(word) <= 2
