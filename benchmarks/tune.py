"""The long work of the Tune page: ten thousand settings of levers, each in fifty futures, in a process of its own."""

from __future__ import annotations

import subprocess
import sys

SETTINGS, DRAWS, YEARS = 10_000, 50, 5

_ALONE = f"""
import resource, time
from model import Scenario, load_network
from model.tuning.goals import TUNED
from model.tuning.lever_box import box_of, first_levers, usual_ends
from model.tuning.sample import TuneQuestion, Tuning
scenario = Scenario(load_network("payment"))
box = box_of(scenario, {{key: usual_ends(scenario, key) for key in first_levers(scenario)}})
question = TuneQuestion(scenario, box, TUNED, draws={DRAWS})
Tuning(question, box.settings(256, seed=1)).result()  # compiled before the clock starts
before = time.perf_counter()
work = Tuning(question, box.settings({SETTINGS}, seed=1))
looks = sum(1 for _ in work)
assert question.years == {YEARS} and len(work.result().settings) == {SETTINGS}
print(time.perf_counter() - before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, looks)
"""


def ten_thousand_settings() -> tuple[float, float, int]:
    """Seconds, bytes at the peak of the process, and how often progress was told."""
    told = subprocess.run([sys.executable, "-c", _ALONE], capture_output=True, text=True, check=True, timeout=900)
    seconds, peak, looks = told.stdout.split()
    return float(seconds), float(peak), int(looks)


def tune_lines() -> list[str]:
    """The one figure, as a sentence."""
    from benchmarks.machine import span

    seconds, peak, looks = ten_thousand_settings()
    return [
        f"{SETTINGS:,} settings of three levers x {DRAWS} futures x {YEARS * 52} weeks on the payment archetype, three "
        f"goals judged: {span(seconds)}, {peak / 2**30:.2f} GiB at the peak of the process, progress told {looks:,} "
        "times."
    ]
