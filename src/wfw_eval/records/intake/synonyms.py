"""What people call tables, columns and codes, beside the names the contracts give them.

Names are compared without capitals, punctuation and plural endings, so that one spelling of each
is enough. What is not here is not guessed: it becomes a problem that names the nearest column.
"""

from __future__ import annotations

#: Other names of tables.
TABLES: dict[str, tuple[str, ...]] = {
    "application": ("bids", "expressions of interest"),
    "attendance": ("attendees", "attended", "sign in sheet", "register of attendance"),
    "award": ("grants", "grant awards", "funding awards"),
    "coding": ("coded excerpts",),
    "communication": ("comms", "communications log", "newsletters"),
    "decision": ("decisions log", "decision log"),
    "decision_rating": ("ratings of decisions",),
    "excerpt": ("quotes", "quotations"),
    "family_characteristic": ("characteristics", "family types", "characteristics of families"),
    "feedback_event": ("feedback", "feedback log", "feedback given"),
    "instrument": ("questionnaires",),
    "invitation": ("invites", "invited", "people invited"),
    "item": ("questionnaire items", "questions"),
    "judgement": ("judgments", "ratings"),
    "learning": ("lessons", "lessons learned"),
    "link": ("traceability",),
    "organisation": ("organizations", "orgs", "partners", "partner organisations"),
    "person": ("people", "participants", "participant list", "people list"),
    "person_protected": ("equalities", "equality monitoring", "protected characteristics"),
    "receipt": ("returns", "returns log"),
    "recommendation": ("recs",),
    "response": ("replies", "responses to recommendations"),
    "response_item": ("answers", "survey answers", "questionnaire answers"),
    "risk": ("risk register", "risk log"),
    "session": ("session log", "meetings", "meeting log", "list of sessions"),
    "source": ("transcripts",),
    "spend": ("spending", "expenditure", "payments"),
    "support": ("support given", "support to take part"),
    "theme": ("codebook", "code book"),
    "tie": ("network", "network ties"),
    "turn": ("speaking turns", "turns at speaking"),
}

#: Sheets that hold no records, whatever else is in the workbook.
ASIDE = (
    "about",
    "codes",
    "contents",
    "cover",
    "cover sheet",
    "data dictionary",
    "dictionary",
    "front page",
    "guidance",
    "help",
    "how to fill in",
    "instructions",
    "introduction",
    "lists",
    "lookup",
    "lookups",
    "notes",
    "read me",
    "readme",
    "start",
    "start here",
    "version history",
)

#: Other headings of a column, in any table, or in one table as ``table.column``.
HEADINGS: dict[str, tuple[str, ...]] = {
    "area": ("locality", "place", "local area", "postcode area", "area committee"),
    "as_of": ("recorded on", "date recorded", "date answered", "answer date"),
    "attendance.hours": ("hours attended", "time attended", "number of hours"),
    "attendance.paid": ("was paid", "paid yes no", "time paid"),
    "attendance.paid_gbp": ("payment", "amount paid", "paid amount", "amount"),
    "audience": ("for whom", "intended audience"),
    "category": ("cost category", "budget heading"),
    "channel": ("how", "contact method", "method of contact", "how invited", "invited by"),
    "char": ("characteristic", "family type", "protected characteristic"),
    "co_type": ("type of co production", "which co", "four cos"),
    "complete": ("completeness", "share complete", "percent complete"),
    "consent": ("consent held", "consent type"),
    "evidence_class": ("kind of evidence", "type of evidence", "evidence type"),
    "gbp": ("amount", "amount gbp", "value gbp", "pounds"),
    "hours": ("length in hours", "duration hours", "hrs"),
    "importance": ("weight of decision",),
    "joined_on": ("date joined", "start date", "joined", "joining date"),
    "label": ("short name",),
    "left_on": ("date left", "end date", "left", "leaving date"),
    "left_reason": ("reason left", "reason for leaving", "why left"),
    "mode": ("format", "how held", "delivery mode", "in person or online"),
    "observed": ("observer present", "was observed", "independent observer"),
    "outcome": ("result", "what came of it"),
    "received_on": ("date received", "received by evaluator"),
    "role": ("takes part as", "role in project"),
    "seq": ("sequence", "order", "turn number", "turn no"),
    "session.date": ("date of session", "session date", "date held", "held on", "day"),
    "session.kind": ("type", "type of session", "session type", "kind of session"),
    "simd_quintile": ("simd", "deprivation fifth", "deprivation quintile", "simd fifth"),
    "source_org": ("supplied by", "source organisation", "supplier"),
    "spend.date": ("payment date", "date paid", "date of payment"),
    "award.date": ("award date", "date of award", "date awarded"),
    "decision.date": ("decision date", "date of decision", "date taken"),
    "support.date": ("date offered", "date asked for"),
    "stake": ("lived or professional", "type of experience"),
    "stage": ("phase", "project stage"),
    "synthetic": ("simulated", "made up"),
    "urban_rural": ("urban or rural", "urban rural class"),
    "value": ("answer",),
}

#: What the first part of an identifier column stands for: ``org_id`` is "organisation ID".
THINGS: dict[str, tuple[str, ...]] = {
    "app": ("application",),
    "body": ("body",),
    "instrument": ("questionnaire",),
    "org": ("organisation", "organization", "partner"),
    "person": ("participant", "people"),
    "rec": ("recommendation",),
}

#: How people head a column of identifiers.
IDENTIFIERS = ("id", "identifier", "ref", "reference", "no", "number", "code", "pseudonym")

#: Other words for codes, used in a column only if the column allows the code.
CODES: dict[str, tuple[str, ...]] = {
    "accept": ("accepted", "agreed"),
    "adult": ("adult consent",),
    "agreed_absent": ("agreed but absent", "agreed did not attend"),
    "assent_plus_parent": ("assent and parent", "assent with parent", "assent parent"),
    "attended": ("came", "present"),
    "both": ("lived and professional",),
    "child_u12": ("child under 12",),
    "child_under_1": ("baby under 1", "child under one", "has child under 1"),
    "declined": ("said no", "refused"),
    "defer": ("deferred",),
    "disabled_adult_or_child": ("disability", "disabled", "disabled family member"),
    "easy_read": ("easyread",),
    "email": ("e mail",),
    "in_person": ("face to face", "f2f", "physical"),
    "joint": ("jointly", "shared"),
    "lived": ("lived experience",),
    "lone_parent": ("single parent", "one parent", "lone parent family"),
    "minority_ethnic": ("minority ethnic family", "ethnic minority", "bme", "bame"),
    "mother_under_25": ("young mother", "mother aged under 25"),
    "neg": ("negative",),
    "no": ("n", "false"),
    "no_reply": ("no response", "no answer", "did not reply"),
    "not": ("not funded",),
    "not_asked": ("wasnt asked", "was not asked"),
    "online": ("virtual", "zoom", "teams", "remote"),
    "partly": ("partially", "in part", "partly accepted", "partially accepted"),
    "phone": ("telephone", "phone call", "by phone"),
    "pos": ("positive",),
    "prefer_not": ("prefer not to say", "prefer not to answer", "pnts"),
    "reject": ("rejected",),
    "set_up": ("setup",),
    "third": ("third sector", "voluntary", "voluntary sector", "charity"),
    "three_plus_children": ("3 plus children", "three or more children", "3 or more children"),
    "unknown": ("not known", "dont know", "do not know"),
    "withdrawn": ("consent withdrawn",),
    "yes": ("y", "true"),
}

#: Words in brackets after a heading that say that the column is in another unit.
OTHER_UNITS = frozenset(
    {
        *("min", "mins", "minute", "minutes", "days", "weeks", "months", "percent"),
        *("k", "000", "000s", "thousand", "thousands", "m", "million", "pence"),
        *("eur", "euro", "euros", "usd", "dollar", "dollars"),
    }
)

#: Columns in which a month is enough; it is read as its last day, so that nothing stands at a
#: data cut before the whole month is over.
MONTHS_ALLOWED = frozenset(
    {
        ("family_characteristic", "as_of"),
        ("person_protected", "as_of"),
        ("spend", "date"),
    }
)

#: What is written into a cell to say that there is nothing to write.
NOTHING = frozenset({"n a", "na", "not applicable", "nil", "null", "blank", "empty"})
