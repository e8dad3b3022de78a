"""The simulated worked example: no row of it is about a real family, person or organisation.

What is planted in it, as data in ``TRUTH``, for the evaluation to find (counts are families at
scale 1, of 200; benchmarks are the Fife figures of ``data_raw/reference``):

- Characteristics. Lone parents are over-represented (41 % of those who answered; ratio 1.6). No
  mother is under 25. More than half did not disclose ethnicity, and few of the rest are minority
  ethnic. The interval of the ratio for families with a child under one contains 0.8 and 1.
  Seven families are care-experienced; three are at the edge of care, below the threshold of 5.
- Places. Levenmouth and Kirkcaldy are over-represented, North East Fife and rural families
  under-represented. Rural Glenrothes has three families, which a published total for Glenrothes
  would give away; rural Dunfermline and rural Kirkcaldy have none. Cowdenbeath has no rural data
  zone, so nobody can be missing there.
- Taking part. Each step from invitation to sign-off loses people. From January 2024 most
  attendances of lone parents fall through, and few of those in the oversight group sign off.
  Families leave for burden, because they completed, for safety, life events or unknown reasons.
  Under-12s take part in creative sessions only. Drafting and sign-off reach few families. Some
  people come without an invitation, so not everybody who attended had agreed to come. No partner
  works with minority ethnic families.
- Time. The oversight group first meets in May 2023, a month late. The evaluator observes nothing
  before September 2023. ``received_on`` is the next quarterly return, so it lies up to three and a
  half months after the event and, for the last quarter, after the project's end.

In the process, as data in ``PROCESS_TRUTH``: one partner sends no return and £1,250 of its award is
unaccounted for; decisions are shared in design and fieldwork and not in drafting; one meeting is
dominated; families speak half their share where professionals weigh; parents are saturated and
young people are not; one recommendation rests on nothing and one on a single family; unhappy words
are never quoted; children are not told what came of it.
"""

from wfw_eval.simulate.truth import PROCESS_TRUTH, TRUTH, Disclosure, ProcessTruth, Truth
from wfw_eval.simulate.write import simulate, write_example

__all__ = [
    "PROCESS_TRUTH",
    "TRUTH",
    "Disclosure",
    "ProcessTruth",
    "Truth",
    "simulate",
    "write_example",
]
