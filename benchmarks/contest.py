"""The same burn-mint model in this engine and in its peers: compared first, timed after, in turns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from benchmarks.burn_mint import STATES
from benchmarks.cases import (
    AT,
    BURN,
    HUNDRED,
    MANY,
    MAP,
    NETWORK,
    ONE,
    START,
    STEP_LENGTH,
    STEPS,
    Case,
    DatedCase,
)  # fmt: skip
from benchmarks.compiled_loop import loop
from benchmarks.compiled_loop import prepared as prepared_loop
from benchmarks.machine import Clock, Timing, interleaved, seconds_of
from benchmarks.numpy_batch import batch
from benchmarks.peers import Peers
from model import project
from model.engine.stepper import Engine, prepared, run
from model.engine.worlds import Floats

CASES = (ONE, HUNDRED, MAP, MANY)
PEERS = ("radcad", "cadcad")
PEERS_UP_TO = 1_000
"""More runs than this are not asked of radCAD and cadCAD."""
PROMISED = 1e-9
ORDER = [NETWORK.system.state_names.index(name) for name in STATES]


@dataclass
class Results:
    """Everything that was timed.

    Attributes
    ----------
    whole
        Per case and contestant: from parameters to the paths of all states.
    alone
        Per case: the compiled step of the kernel and of the loop by hand on one thread, inputs ready.
    project
        The call that scripts and pages make, for one run and its baseline.
    versions
        Of the peers.
    """

    whole: dict[str, dict[str, Timing]] = field(default_factory=dict)
    alone: dict[str, dict[str, Timing]] = field(default_factory=dict)
    project: Timing = field(default_factory=lambda: Timing(0.0, 0.0))
    versions: dict[str, str] = field(default_factory=dict)


def require_equal(name: str, found: Floats, expected: Floats) -> None:
    """Stop the benchmark where a contestant computes something else.

    Raises
    ------
    RuntimeError
        If any state of any run differs by more than 1e-9, relative.
    """
    difference = float(np.max(np.abs(found / expected - 1))) if found.shape == expected.shape else float("inf")
    if not difference <= PROMISED:
        raise RuntimeError(
            f"{name} differs from the kernel by {difference:g}, more than {PROMISED:g}: nothing is timed"
        )


def by_engine(case: Case | DatedCase, engine: Engine) -> Floats:
    """Shape (states, runs, steps + 1), states in the order of the benchmark."""
    return run(case.worlds(), engine).states[ORDER]


def by_project() -> Floats:
    """The scenario of one `project()` call, in the shape of one run."""
    start = {name: START[name] for name in ("price", "capacity", "treasury")}
    result = project(
        NETWORK, changes={"burn_share": BURN}, funded_by="treasury", initial=start, years=STEPS * STEP_LENGTH
    )
    return result.paths.states[ORDER, 1:2]


def contestants(case: Case) -> dict[str, Callable[[], object]]:
    """What runs in this process, by name; each compared with the kernel."""
    kernel = by_engine(case, "kernel")
    p = case.parameters
    require_equal("Polars", by_engine(case, "polars"), kernel)
    require_equal("NumPy", batch(p, START, STEPS, STEP_LENGTH).transpose(0, 2, 1), kernel)
    require_equal("the loop by hand", loop(p, START, STEPS, STEP_LENGTH), kernel)
    return {
        "kernel": lambda: run(case.worlds(), "kernel"),
        "polars": lambda: run(case.worlds(), "polars"),
        "loop": lambda: loop(p, START, STEPS, STEP_LENGTH),
        "numpy": lambda: batch(p, START, STEPS, STEP_LENGTH),
    }


def peer_clocks(case: Case, others: Peers) -> dict[str, Clock]:
    """Both peers, compared with the kernel."""
    expected = by_engine(case, "kernel")[:, :, AT]

    def ask(engine: str) -> tuple[float, Floats]:
        return others.run(engine, case.parameters, START, steps=STEPS, step_length=STEP_LENGTH, at=AT)

    for engine in PEERS:
        require_equal(engine, ask(engine)[1], expected)
    return {engine: lambda engine=engine: ask(engine)[0] for engine in PEERS}  # type: ignore[misc]


def clocks_of(work: dict[str, Callable[[], object]]) -> dict[str, Clock]:
    """Each piece of work as something that times itself."""
    return {name: lambda call=call: seconds_of(call) for name, call in work.items()}  # type: ignore[misc]


def whole(case: Case, others: Peers) -> dict[str, Timing]:
    """All contestants of one case; `project` beside them where there is one run."""
    clocks = clocks_of(contestants(case))
    if case is ONE:
        require_equal("project()", by_project(), by_engine(case, "kernel"))
        clocks["project"] = lambda: seconds_of(by_project)
    if case.runs <= PEERS_UP_TO:
        clocks |= peer_clocks(case, others)
    return interleaved(clocks, rounds=7 if case.runs < 200 else 4)


def alone(case: Case | DatedCase) -> dict[str, Timing]:
    """The compiled step of the kernel and of the loop by hand, on one thread, inputs and results in place."""
    dated = case.paths() if isinstance(case, DatedCase) else None
    p = ONE.parameters if isinstance(case, DatedCase) else case.parameters
    require_equal("the loop by hand", loop(p, START, STEPS, STEP_LENGTH, dated), by_engine(case, "kernel"))
    kernel, _ = prepared(case.worlds())
    by_hand, _ = prepared_loop(p, START, STEPS, STEP_LENGTH, dated)
    return interleaved(
        clocks_of({"kernel": lambda: kernel(0, case.runs), "loop": lambda: by_hand(0, case.runs)}), rounds=15
    )


def contest(others: Peers) -> Results:
    """Run everything."""
    results = Results(versions=others.versions)
    for case in CASES:
        print(f"{case.title} ...", flush=True)
        results.whole[case.title] = whole(case, others)
    results.project = results.whole[ONE.title].pop("project")
    for some in (ONE, HUNDRED, DatedCase("1 run, dated", 1), DatedCase("100 runs, dated", 100)):
        results.alone[some.title] = alone(some)
    return results
