"""Pseudonyms: the same person always gets the same one, and nobody can tell who without the key.

The key stays with whoever holds the registers, outside the repository. Under another key every
pseudonym is another one, so two evaluations cannot be linked.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
import stat
import unicodedata
from pathlib import Path

from wfw_eval.errors import InputError, Problem, shown
from wfw_eval.records.privacy.normal_forms import normalised

KEY_BYTES = 32

#: Hexadecimal digits of a pseudonym: 96 bits.
DIGITS = 24

HOW_TO = "Make one with: wfw-eval new-key PATH, with a path outside every repository."


def read_key(path: Path, project: Path | None = None) -> bytes:
    """Read the key file, if it is one that only its owner can open.

    Args:
        path: The key file.
        project: Folder of the project, which must not hold the key.

    Raises:
        InputError: there is no such file, others may open it, it lies in a repository (or is a
            link into one), or it does not hold a key of at least 32 bytes.
    """
    path = path.expanduser()
    _refuse_inside(path, project)
    try:
        with path.open("rb") as file:
            status, content = os.fstat(file.fileno()), file.read(4096)
    except OSError as error:
        raise _refusal(path, f"the key cannot be opened ({error.strerror})", HOW_TO) from None
    _refuse_shared(path, status)
    return _key_in(path, content)


def new_key(path: Path, project: Path | None = None) -> None:
    """Write a new random key that only its owner can open.

    Raises:
        InputError: something is there already, or the path lies in a repository.
    """
    path = path.expanduser()
    _refuse_inside(path, project)
    try:
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        step = "A key that was used must be kept: choose another path."
        raise _refusal(path, "there is a file already", step) from None
    except OSError as error:
        step = "Choose a folder that exists and that you may write to."
        raise _refusal(path, f"the key cannot be written ({error.strerror})", step) from None
    with os.fdopen(opened, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(KEY_BYTES) + "\n")


def pseudonym(key: bytes, kind: str, *parts: str) -> str:
    """Make the pseudonym of whoever these parts identify, such as a name and a date of birth.

    HMAC-SHA-256 over the parts in their normal forms, cut to 24 hexadecimal digits, which are 96
    bits: among 10 million people the chance that any two share a pseudonym is below 1 in 10^15
    (n² / 2^97). The prefix is the first letter of the kind.

    Args:
        key: The secret key.
        kind: What is named, such as ``person`` or ``family``; one kind cannot be linked to another.
        parts: What identifies it, in a fixed order.

    Raises:
        ValueError: nothing is left of the parts once they are in their normal forms.

    >>> key = bytes(range(32))
    >>> pseudonym(key, "person", "Zoë O'Neill", "7/3/1985")
    'P-7f2fe374ec0af9cb3f361c6e'
    >>> _ == pseudonym(key, "person", "ZOE ONEILL", "1985-03-07")
    True
    """
    normal = [normalised(part) for part in parts]
    if not any(normal):
        raise ValueError(f"nothing identifies this {kind}")
    return _keyed(key, kind, "parts", normal)


def pseudonym_of_id(key: bytes, kind: str, *identifiers: str) -> str:
    """Make a pseudonym from a supplier's own identifiers, which count to the letter.

    Folding them would make one person of numbers such as 1-11 and 11-1.
    """
    return _keyed(key, kind, "id", [unicodedata.normalize("NFKC", i).strip() for i in identifiers])


def _keyed(key: bytes, kind: str, scheme: str, parts: list[str]) -> str:
    """Hash parts so that their borders count: ("ab", "c") is not ("a", "bc")."""
    message = json.dumps(["wfw_eval 1", kind, scheme, *parts]).encode()
    return f"{kind[0].upper()}-{hmac.digest(key, message, hashlib.sha256).hex()[:DIGITS]}"


def _refuse_inside(path: Path, project: Path | None) -> None:
    """Look at the path as written and as links resolve it, since either may be committed."""
    for place in (Path(os.path.abspath(path)), path.resolve()):  # noqa: PTH100 keeps links
        for folder in place.parents:
            if _is_repository(folder) or (project is not None and folder == project.resolve()):
                rule = f"the key lies in a repository or project ({shown(folder)})"
                raise _refusal(path, rule, f"Keep keys elsewhere. {HOW_TO}")


def _is_repository(folder: Path) -> bool:
    settings = folder / "pyproject.toml"
    if (folder / ".git").exists():
        return True
    return settings.is_file() and bool(
        re.search(r'^name\s*=\s*"wfw.eval"', settings.read_text("utf-8", "replace"), re.MULTILINE)
    )


def _refuse_shared(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise _refusal(path, "the key is not a file", HOW_TO)
    if os.name == "posix" and stat.S_IMODE(status.st_mode) & 0o077:
        mode = f"{stat.S_IMODE(status.st_mode):04o}"
        step = f"Type: chmod 600 {path}. If others may have read it, take a new key. {HOW_TO}"
        raise _refusal(path, f"others than its owner may open the key (mode {mode})", step)
    if status.st_nlink > 1:  # the other name may lie in a repository
        raise _refusal(path, "the key file has a second name (a hard link)", HOW_TO)


def _key_in(path: Path, content: bytes) -> bytes:
    text = content.decode("ascii", "replace").strip()
    if not re.fullmatch(r"(?:[0-9a-fA-F]{2})*", text):
        raise _refusal(path, "the file does not hold a key in hexadecimal digits", HOW_TO)
    key = bytes.fromhex(text)
    if len(key) < KEY_BYTES:
        rule = f"the key has {len(key)} bytes, and must have at least {KEY_BYTES}"
        raise _refusal(path, rule, HOW_TO)
    return key


def _refusal(path: Path, rule: str, step: str) -> InputError:
    return InputError([Problem(shown(path), None, None, None, rule, step)])
