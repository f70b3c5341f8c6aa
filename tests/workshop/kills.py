"""Servers killed (-9) while people predict: whatever was acknowledged has to be there afterwards.

`python -m tests.workshop.kills 20` does it twenty times on SQLite and on PostgreSQL; the tests do it three times.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.workshop.postgres import MISSING, Cluster, is_installed, throw_away
from tests.workshop.rooms import answers, opened, to_beat
from workshop import Beat, Workshop

ROOT = Path(__file__).resolve().parent.parent.parent
PEOPLE = 12


@dataclass
class Findings:
    """What was found after all kills.

    Attributes
    ----------
    acknowledged
        Predictions that somebody was told are kept.
    missing
        Those of them that were not there, or were there with another number.
    doubled
        People with more than one prediction.
    """

    kills: int = 0
    acknowledged: int = 0
    missing: list[str] = field(default_factory=list)
    doubled: int = 0


class Servers:
    """A process that has everything imported and forks a server whenever it is asked to; servers are what is killed."""

    def __init__(self, url: str, tokens: list[str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.workshop.submitter", url, *tokens],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )

    def run_and_kill(self, first: list[int], least: int, after: float, under: Cluster | None = None) -> dict[int, int]:
        """Start a server, wait for so many acknowledgements and a moment more, kill it; the last number of each seat.

        Parameters
        ----------
        first
            Number that each seat begins with.
        under
            A database that is killed a moment before, and started again.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write((" ".join(map(str, first)) + "\n").encode())
        self._process.stdin.flush()
        pid = int(self._process.stdout.readline().split()[1])
        lines: list[bytes] = [self._process.stdout.readline() for _ in range(least)]
        time.sleep(after)
        if under is not None:
            under.kill()
        os.kill(pid, signal.SIGKILL)
        if under is not None:
            under.start()
        while (line := self._process.stdout.readline()) != b"killed\n":
            lines.append(line)
        acknowledged: dict[int, int] = {}
        for line in lines:
            place, number = map(int, line.split())
            acknowledged[place] = max(number, acknowledged.get(place, 0))
        return acknowledged

    def close(self) -> None:
        """Let the process end."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(20)
        self._process.stdout.close()


def killed(url: str, kills: int, cluster: Cluster | None = None, seed: int = 7) -> Findings:
    """Kill servers of one store, and look after each whether everything that was acknowledged is there.

    Parameters
    ----------
    cluster
        PostgreSQL under it; it is killed as well, before every second server.
    """
    rng, found = random.Random(seed), Findings()
    workshop = Workshop(url)
    room, host = opened(workshop)
    tokens = [workshop.join(room.code, f"Person {place}", "user").token.reveal() for place in range(PEOPLE)]
    to_beat(host, Beat.PREDICT)
    workshop.close()
    servers, told = Servers(url, tokens), [0] * PEOPLE
    try:
        for time_of in range(kills):
            under = cluster if time_of % 2 else None
            first = [number + 1 for number in told]
            acknowledged = servers.run_and_kill(first, PEOPLE, rng.uniform(0, 0.3), under)
            found.kills += 1
            found.acknowledged += sum(acknowledged[place] - told[place] for place in acknowledged)
            told = _looked(url, tokens, acknowledged, told, found)
    finally:
        servers.close()
    return found


def _looked(url: str, tokens: list[str], acknowledged: dict[int, int], told: list[int], found: Findings) -> list[int]:
    """Numbers that are there after a restart, one per seat; one more than was acknowledged may have been kept."""
    workshop, there = Workshop(url), []
    try:
        for place, token in enumerate(tokens):
            kept = workshop.seat(token).my_prediction(1)
            number = 0 if kept is None else int(kept["supply"].number or 0)
            last = acknowledged.get(place, told[place])
            if number not in (last, last + 1) or (kept is not None and kept != answers(number=float(number))):
                found.missing.append(f"seat {place}: {last} acknowledged, {number} there")
            there.append(number)
        board = workshop.seat(tokens[0]).board()
        found.doubled += max(0, (board.round.predicted if board.round else 0) - PEOPLE)
    finally:
        workshop.close()
    return there


def main(kills: int) -> int:
    """Both stores; gives the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        results = {"SQLite": killed(f"sqlite:///{folder}/rooms.sqlite", kills)}
    if is_installed():
        with throw_away() as cluster:
            results["PostgreSQL"] = killed(cluster.fresh("rooms"), kills, cluster)
    else:
        print(f"warning: {MISSING}")  # noqa: T201
    for name, found in results.items():
        print(  # noqa: T201
            f"{name}: {found.kills} kills, {found.acknowledged} predictions acknowledged, "
            f"{len(found.missing)} missing, {found.doubled} doubled"
        )
    return int(any(found.missing or found.doubled for found in results.values()))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20))
