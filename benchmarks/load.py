"""A workshop on one server: visitors who each let a lever go every few seconds. `python -m benchmarks.load MINUTES`."""

from __future__ import annotations

import asyncio
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
    for share in (0.1, 0.5, 0.9):
        await asyncio.sleep(max(0.0, begin + share * (until - begin) - time.perf_counter()))
        found.memory.append((f"after {share:.0%} of the time", server.resident()))


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
        "Memory of the server: " + ", ".join(f"{mib:.0f} MiB {what}" for what, mib in found.memory) + ".",
    ]  # fmt: skip
    if found.faults:
        lines += ["", *(f"- {fault}" for fault in sorted(set(found.faults))[:20])]
    return lines


if __name__ == "__main__":
    print("\n".join(load_lines(load(float(sys.argv[1]) if len(sys.argv) > 1 else 2.0))))
