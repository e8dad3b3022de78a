"""People whose words reach each stage with a known chance."""

from __future__ import annotations

from functools import partial

import numpy as np

from benchmarks.simulation import Scenario
from wfw_eval.metrics.influence import voice_loss
from wfw_eval.metrics.result import Result

#: Chance of being excerpted; of an excerpt being coded; of a theme leading to a finding.
CHANCES = (0.9, 0.8, 0.6)
STAGES = ("excerpt", "theme", "finding")


def lost(generator: np.random.Generator, n: int, stage: str) -> Result:
    """Draw people, each with one excerpt and theme of their own, who may be lost at each stage."""
    far = np.cumprod(generator.random((n, 3)) < CHANCES, axis=1).sum(axis=1)
    steps = ("p", "e", "t", "f")
    links = [
        (f"{steps[at]}{person}", f"{steps[at + 1]}{person}")
        for person in range(n) for at in range(far[person])
    ]  # fmt: skip
    stages = {name: [f"{steps[at + 1]}{person}" for person in range(n)]
              for at, name in enumerate(STAGES)}  # fmt: skip
    return voice_loss(links, {f"p{person}": "all" for person in range(n)}, stages)["all"][stage]


SCENARIOS = [
    Scenario(
        "voice_loss", f"people whose words reach the {stage}", n,
        float(np.prod(CHANCES[: at + 1])), partial(lost, n=n, stage=stage),
        runs=2_000 if n < 100 else 500,
    )
    for n in (10, 20, 50, 200) for at, stage in enumerate(STAGES) if stage != "excerpt"
]  # fmt: skip
