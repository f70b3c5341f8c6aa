"""A workshop on one server: visitors who each let a lever go every few seconds. `python -m benchmarks.load MINUTES`."""

from __future__ import annotations

import asyncio
import math
import statistics
import sys
import time
from dataclasses import dataclass, field
from random import Random

from benchmarks.server import Server, served
from benchmarks.visitor import Visitor

VISITORS = 30
EVERY = 3.0
"""Seconds between two releases of one visitor."""
MOST_MINUTES = 60.0
SLIDER = "slide:burn_share"
LATE = 2.0
HALF_WAY, NEAR_THE_END = "after 50% of the time", "after 90% of the time"
LEVEL = 0.1
"""Memory is level when the second half of the time adds no more than this part of it."""


@dataclass
class Findings:
    """What thirty visitors met.

    Attributes
    ----------
    opened
        Seconds of each visitor's first page.
    answered
        Seconds from each release to the end of its run.
    faults
        Errors shown, answers that never came, connections lost.
    memory
        (what, MiB) of the server.
    """

    minutes: float
    opened: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    memory: list[tuple[str, float]] = field(default_factory=list)

    @property
    def growth(self) -> float:
        """Memory near the end over memory half way, minus one; NaN where the system does not say."""
        seen = dict(self.memory)
        return seen.get(NEAR_THE_END, math.nan) / seen.get(HALF_WAY, math.nan) - 1

    @property
    def held(self) -> bool:
        """Whether nothing failed and memory stayed level; how fast answers came is told and not judged."""
        return not self.faults and not self.growth > LEVEL


async def visit(address: str, number: int, until: float, found: Findings) -> None:
    """One visitor: opens the Sandbox, then moves the burn share until the time is up."""
    chance = Random(number)
    # Nobody in a room opens the page or lets go of a slider in the same instant.
    await asyncio.sleep(EVERY * number / VISITORS)
    try:
        async with Visitor(address, "sandbox") as visitor:
            found.opened.append(await visitor.run())
            due = time.perf_counter() + EVERY * chance.random()
            while due < until:
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                found.answered.append(await visitor.release(SLIDER, float(chance.randrange(0, 81))))
                due = max(due + EVERY, time.perf_counter())
            found.faults.extend(f"visitor {number}: {fault}" for fault in visitor.page.faults)
    except Exception as error:
        found.faults.append(f"visitor {number}: {type(error).__name__}: {error}"[:200])


async def watch(server: Server, begin: float, until: float, found: Findings) -> None:
    """Memory of the server at a few moments."""
    found.memory.append(("before the first visitor", server.resident()))
    for share, told in ((0.1, "after 10% of the time"), (0.5, HALF_WAY), (0.9, NEAR_THE_END)):
        await asyncio.sleep(max(0.0, begin + share * (until - begin) - time.perf_counter()))
        found.memory.append((told, server.resident()))


async def workshop(server: Server, minutes: float) -> Findings:
    """All visitors at once."""
    found = Findings(minutes)
    async with Visitor(server.url, "sandbox") as first:
        await first.run()
    begin = time.perf_counter()
    until = begin + 60 * minutes
    watching = watch(server, begin, until, found)
    await asyncio.gather(watching, *(visit(server.url, number, until, found) for number in range(VISITORS)))
    found.memory.append(("when all had left", server.resident()))
    log = server.log.read_text(errors="replace")
    if "Traceback" in log:
        found.faults.append("the server wrote a traceback: " + log[log.index("Traceback") :][:600])
    return found


def load(minutes: float) -> Findings:
    """Start the app, send the visitors, end it."""
    if not 0 < minutes <= MOST_MINUTES:
        raise ValueError(f"{minutes:g} minutes: more than 0 and at most {MOST_MINUTES:g} are allowed")
    with served() as server:
        return asyncio.run(workshop(server, minutes))


def load_lines(found: Findings) -> list[str]:
    """The load part of the report."""
    times = sorted(found.answered)
    late = statistics.quantiles(times, n=20)[-1]
    lines = [
        f"{VISITORS} sessions on the Sandbox over {found.minutes:g} minutes, each letting the burn share go every "
        f"{EVERY:g} seconds at a random value; server and visitors on the same machine. Time from release until the "
        "page's script has finished.", "",
        "| releases | errors | median | 95 of 100 within | worst | first page, median |", "|---|---|---|---|---|---|",
        f"| {len(times)} | {len(found.faults)} | {statistics.median(times):.2f} s | {late:.2f} s | {times[-1]:.2f} s "
        f"| {statistics.median(found.opened):.2f} s |", "",
        f"Asked for: no error ({'met' if not found.faults else '**missed**'}), 95 of 100 within {LATE:g} s "
        f"({'met' if late < LATE else '**missed**'}).", "",
        "Memory of the server: " + ", ".join(f"{mib:.0f} MiB {what}" for what, mib in found.memory) + ".", "",
        f"Asked for: the second half adds no more than {LEVEL:.0%} of memory ({found.growth:+.1%}: "
        f"{'**missed**' if found.growth > LEVEL else 'met'}).",
    ]  # fmt: skip
    if found.faults:
        lines += ["", *(f"- {fault}" for fault in sorted(set(found.faults))[:20])]
    return lines


def main(minutes: float) -> int:
    """Print what was found; 1 where something failed or memory went on growing."""
    found = load(minutes)
    print("\n".join(load_lines(found)))
    return int(not found.held)


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 2.0))
