"""The tables on money, meetings, voices, recommendations, answers and judgements."""

from collections.abc import Mapping

import pandas as pd

from wfw_eval.simulate.claims import contribution_claim_table, contribution_test_table
from wfw_eval.simulate.coding import coding_table
from wfw_eval.simulate.decisions import decision_rating_table, decision_table
from wfw_eval.simulate.draws import Draws
from wfw_eval.simulate.funding import application_table, award_table, receipt_table, spend_table
from wfw_eval.simulate.governance import communication_table, learning_table, risk_table
from wfw_eval.simulate.instruments import instrument_table, item_table, response_item_table
from wfw_eval.simulate.judgements import evidence_table, judgement_table
from wfw_eval.simulate.protected import person_protected_table
from wfw_eval.simulate.recommendations import finding_table, link_table, recommendation_table
from wfw_eval.simulate.responses import feedback_event_table, response_table
from wfw_eval.simulate.support import support_table
from wfw_eval.simulate.themes import theme_table
from wfw_eval.simulate.ties import tie_table
from wfw_eval.simulate.turns import turn_table
from wfw_eval.simulate.voices import excerpt_table, simulate_excerpts, source_table

Tables = Mapping[str, pd.DataFrame]


def process_tables(seed: int, taking_part: Tables) -> dict[str, pd.DataFrame]:
    """Return the tables of the process by name.

    Args:
        seed: Each table draws from a stream of its own, so none changes another.
        taking_part: The tables of people, families, sessions and attendance.
    """
    return {
        **_about_people(seed, taking_part),
        **_about_money(seed, taking_part),
        **_about_meetings(seed, taking_part),
        **_about_voices(seed, taking_part),
        **_about_judging(seed, taking_part),
    }


def _about_people(seed: int, given: Tables) -> dict[str, pd.DataFrame]:
    person, characteristic = given["person"], given["family_characteristic"]
    came = given["attendance"]["person_id"]
    return {
        "person_protected": person_protected_table(
            Draws(seed, "protected"), person, characteristic
        ),
        "support": support_table(Draws(seed, "support"), person, characteristic),
        "feedback_event": feedback_event_table(Draws(seed, "told"), person, came),
    }


def _about_money(seed: int, given: Tables) -> dict[str, pd.DataFrame]:
    return {
        "application": application_table(Draws(seed, "points"), given["person"]),
        "award": award_table(),
        "spend": spend_table(Draws(seed, "spend")),
        "receipt": receipt_table(),
    }


def _about_meetings(seed: int, given: Tables) -> dict[str, pd.DataFrame]:
    people = (given["person"], given["session"], given["attendance"])
    decision = decision_table(Draws(seed, "decisions"), given["session"])
    return {
        "turn": turn_table(Draws(seed, "turns"), *people),
        "decision": decision,
        "decision_rating": decision_rating_table(Draws(seed, "ratings"), decision),
        "tie": tie_table(Draws(seed, "ties"), *people),
        "risk": risk_table(),
        "communication": communication_table(),
    }


def _about_voices(seed: int, given: Tables) -> dict[str, pd.DataFrame]:
    excerpts = simulate_excerpts(
        Draws(seed, "excerpts"), given["person"], given["session"], given["attendance"]
    )
    return {
        "source": source_table(Draws(seed, "languages"), excerpts),
        "excerpt": excerpt_table(excerpts),
        "theme": theme_table(),
        "coding": coding_table(Draws(seed, "coding"), excerpts),
        "finding": finding_table(),
        "recommendation": recommendation_table(),
        "link": link_table(excerpts),
        "response": response_table(),
    }


def _about_judging(seed: int, given: Tables) -> dict[str, pd.DataFrame]:
    people = (given["person"], given["session"], given["attendance"])
    return {
        "instrument": instrument_table(),
        "item": item_table(),
        "response_item": response_item_table(Draws(seed, "answers"), *people),
        "learning": learning_table(),
        "contribution_claim": contribution_claim_table(),
        "contribution_test": contribution_test_table(),
        "evidence": evidence_table(),
        "judgement": judgement_table(),
    }
