"""Known weaknesses of the pinned packages, asked of the public database: `make audit`, `python -m tests.audit`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PINS = "requirements-dev.txt"
"""The pins of the app and of its checks; the former are part of the latter."""
UNREACHABLE = (
    "The database of known weaknesses could not be reached, so nothing was audited: run it again with a network."
)
UNKNOWN = (
    "The database of known weaknesses knows none of the packages, so nothing was audited: a mirror in between may hold "
    "packages only; run it again with the public database in reach."
)
_NETWORK = ("requests.exceptions", "ConnectionError", "urllib3.exceptions", "ServiceError")


def told(output: str, problems: str) -> tuple[list[str], int]:
    """What the tool found, in lines, and the exit code: 0 for nothing known, 1 for a weakness, 2 where it cannot say.

    Parameters
    ----------
    output, problems
        What it wrote as JSON, and what it complained of.
    """
    try:
        packages: list[dict[str, Any]] = json.loads(output)["dependencies"]
    except (ValueError, KeyError, TypeError):
        if any(word in problems for word in _NETWORK):
            return [UNREACHABLE], 2
        last = (problems.strip().splitlines() or ["it said nothing"])[-1]
        return [f"The audit stopped: {last[:200]}"], 2
    skipped = [f"{found['name']}: not audited, {found['skip_reason']}" for found in packages if "skip_reason" in found]
    weak = [
        f"{found['name']} {found['version']}: {known['id']}, mended in {', '.join(known['fix_versions']) or 'nothing'}"
        for found in packages
        for known in found.get("vulns", ())
    ]
    audited = len(packages) - len(skipped)
    if not audited:
        return [UNKNOWN], 2
    last = f"{audited} packages audited, {len(weak)} known weaknesses." if weak else f"{audited} packages, none known."
    return [*skipped, *weak, last], int(bool(weak))


def main() -> int:
    """Audit the pins; nothing is installed or resolved for it."""
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--no-deps", "-r", PINS, "-f", "json"]
    ran = subprocess.run([*command, "--progress-spinner", "off"], cwd=ROOT, capture_output=True, text=True, check=False)
    lines, code = told(ran.stdout, ran.stderr)
    sys.stdout.write("\n".join(lines) + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
