"""radCAD and cadCAD in an environment of their own, asked over a pipe."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import numpy as np

from model.engine.worlds import Floats

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE.parent / ".venv-bench"
REQUIREMENTS = HERE / "requirements-peers.txt"


def environment() -> Path:
    """Python of the peers' environment, made anew when its pins change."""
    stamp = ENVIRONMENT / ".pins"
    python = ENVIRONMENT / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    pins = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    if not (stamp.exists() and stamp.read_text() == pins):
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        subprocess.run([*install, "-r", str(REQUIREMENTS)], check=True)
        stamp.write_text(pins)
    return python


class Peers:
    """Both peers, waiting in one process."""

    def __init__(self, ask: IO[str], hear: IO[str]) -> None:
        self._ask, self._hear = ask, hear
        self.versions: dict[str, str] = self._answer()["versions"]

    def _answer(self) -> dict[str, Any]:
        line = self._hear.readline()
        if not line:
            raise RuntimeError("the peers' process ended without an answer; what it wrote is above")
        return dict(json.loads(line))

    def run(
        self, engine: str, parameters: Mapping[str, float | Floats], initial: Mapping[str, float],
        *, steps: int, step_length: float, at: Sequence[int],
    ) -> tuple[float, Floats]:  # fmt: skip
        """Seconds of one call, and the states in shape (states, runs, len(at))."""
        request = {
            "engine": engine,
            "parameters": {key: np.asarray(value).tolist() for key, value in parameters.items()},
            "initial": dict(initial),
            "steps": steps,
            "step_length": step_length,
            "at": list(at),
        }
        print(json.dumps(request), file=self._ask, flush=True)
        answer = self._answer()
        return float(answer["seconds"]), np.array(answer["states"])


@contextmanager
def peers() -> Iterator[Peers]:
    """Start the peers and end them."""
    command = [environment(), HERE / "peer_process.py"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("no pipe to the peers' process")
        try:
            yield Peers(process.stdin, process.stdout)
        finally:
            process.stdin.close()
