"""Which columns identify people, by table and heading.

The headings are those registers commonly have; a user whose register has others replaces a list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wfw_eval.records.contracts import CONTRACTS
from wfw_eval.records.privacy.places import FINE, heading


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_HEADINGS: dict[str, frozenset[str]] = {
    "name": _words("name full_name fullname person_name participant participant_name person"),
    "first_name": _words(
        "first_name firstname forename forenames given_name given_names christian_name"
    ),
    "last_name": _words("last_name lastname surname family_name second_name"),
    "email": _words("email e_mail email_address e_mail_address mail"),
    "telephone": _words(
        "telephone phone mobile tel telephone_number phone_number mobile_number contact_number "
        "phone_no telephone_no tel_no mobile_phone home_phone"
    ),
    "date_of_birth": _words("date_of_birth dob d_o_b birth_date birthdate birthday born"),
}


def _contract_columns() -> dict[str, tuple[str, ...]]:
    return {
        name: contract.columns
        for name, contract in CONTRACTS.items()
        if "records" in contract.origins
    }


@dataclass(frozen=True)
class Identifying:
    """What identifies people in the tables of suppliers.

    Attributes:
        headings: Headings of each part of an identity; they are folded as in ``places.heading``.
        other_names: Headings of names of other people, which are looked for in free text, too.
        dropped: Headings of anything else that identifies somebody.
        kept: By table, columns that only look as if they named a person.
        identity: What makes a person, the best first: the first whose parts are all filled counts.
        people: By table, columns that hold a person of the register beside ``person_id``.
        raters: By table, columns that hold somebody who need not be in the register.
        free_text: Columns people wrote freely in.
        ids_per_supplier: Whether each supplier numbers people and families for itself, so that
            number 7 of one is not number 7 of another.
        columns: By table, the columns that are carried over; every other column is left out.
    """

    headings: Mapping[str, frozenset[str]] = field(default_factory=lambda: dict(_HEADINGS))
    other_names: frozenset[str] = _words(
        "child_name childs_name child_s_name parent_name parents_name carer_name contact_name "
        "next_of_kin emergency_contact known_as preferred_name nickname maiden_name middle_name "
        "previous_name former_name alias partner_name worker_name key_worker social_worker "
        "recorded_by staff_name facilitator_name"
    )
    dropped: frozenset[str] = FINE | _words(
        "initials title chi chi_number nhs_number ni_number nino national_insurance_number "
        "age gender sex school gp gp_practice ip_address twitter facebook instagram photo "
        "signature bank_account sort_code account_number"
    )
    kept: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: {
            "organisation": ("name",),
            "body": ("name",),
            "communication": ("title",),
            "instrument": ("title",),
        }
    )
    identity: tuple[tuple[str, ...], ...] = (
        ("name", "date_of_birth"),
        ("name", "email"),
        ("name", "telephone"),
    )
    people: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: {"tie": ("from_id", "to_id"), "application": ("panel_member_id",)}
    )
    raters: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: {
            "coding": ("coder_id",),
            "decision_rating": ("rater",),
            "judgement": ("rater",),
            "link": ("by",),
        }
    )
    free_text: frozenset[str] = _words(
        "text comment comments note notes reason action label statement definition title claim "
        "mechanism rival rivals mitigations dropped_reason location"
    )
    ids_per_supplier: bool = False
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=_contract_columns)

    def part(self, table: str, column: str) -> str | None:
        """Name the part of an identity this column holds, if any."""
        if column in self.kept.get(table, ()):
            return None
        found = (part for part, known in self.headings.items() if heading(column) in known)
        return next(found, None)

    def identifies(self, table: str, column: str) -> bool:
        """Whether the column must not be carried over."""
        if column in self.kept.get(table, ()):
            return False
        if self.part(table, column) is not None:
            return True
        return heading(column) in self.other_names | self.dropped

    def person_columns(self, table: str) -> tuple[str, ...]:
        """Name the columns that hold a person of the register."""
        return ("person_id", "respondent", *self.people.get(table, ()))
