"""The server that is killed: a thread for each seat predicts on and on, and says so once each is acknowledged.

Reads the numbers to begin with, one line for each server; forks it; says "server PID"; says "killed" when it is gone.
"""

from __future__ import annotations

import os
import sys
import threading

from tests.workshop.rooms import answers
from workshop import Workshop
from workshop.errors import StoreError


def say(text: str) -> None:
    """One line at once, whole, even if the process is killed right after."""
    os.write(1, f"{text}\n".encode())


def serve(url: str, tokens: list[str], first: list[int]) -> None:
    """Predict until killed."""
    workshop = Workshop(url)

    def predict(place: int) -> None:
        seat, number = workshop.seat(tokens[place]), first[place]
        while True:
            try:
                seat.predict(answers(number=float(number)), f"p{place}-{number}")
            except StoreError:  # the database is killed a moment before its server
                return
            say(f"{place} {number}")
            number += 1

    threads = [threading.Thread(target=predict, args=(place,)) for place in range(len(tokens))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    threading.Event().wait()


def main(url: str, tokens: list[str]) -> None:
    """One server for each line that is read."""
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            say(f"server {os.getpid()}")
            serve(url, tokens, [int(number) for number in line.split()])
            os._exit(0)
        os.waitpid(pid, 0)
        say("killed")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
