"""Work of more than a second: done beside the page, with time left and a way to stop, remembered by what was asked."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from threading import BoundedSemaphore, Lock
from typing import Generic, Protocol, TypeVar, cast

import streamlit as st

from model import BallastError
from model.engine.batches import Progress
from ui.text import as_markdown

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")

HELD = 24
"""Results that are remembered, for everybody who asks the same."""
AT_ONCE = 2
"""Long works that run at the same time on one server; the others wait."""
TICK = 0.5
"""Seconds between two looks at how far it is."""


class Work(Protocol[T_co]):
    """Something long: going over it does it piece by piece, then `result` gives the answer."""

    def __iter__(self) -> Iterator[Progress]:
        """Do the next piece and say how far it is."""

    def result(self) -> T_co:
        """The answer, once all pieces are done."""


@dataclass
class Job(Generic[T]):
    """One piece of long work and how far it is.

    Attributes
    ----------
    state
        "waiting", "running", "done", "cancelled" or "failed".
    problem
        Why it failed, in a sentence.
    """

    state: str = "waiting"
    progress: Progress | None = None
    answer: T | None = None
    problem: str = ""
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ("done", "cancelled", "failed")


_jobs: OrderedDict[Hashable, Job[object]] = OrderedDict()
_lock = Lock()
_slots = BoundedSemaphore(AT_ONCE)


def job_of(key: Hashable, make: Callable[[], Work[T]]) -> Job[T]:
    """The job of a question: the one that is there, or a new one that begins beside the page.

    Parameters
    ----------
    key
        Everything that the answer depends on.
    make
        Sets the work up; called in the job's own thread.
    """
    with _lock:
        if key in _jobs:
            _jobs.move_to_end(key)
            return cast(Job[T], _jobs[key])
        job: Job[T] = Job()
        _jobs[key] = cast(Job[object], job)
        over = [k for k, old in _jobs.items() if old.is_over]
        for old in over[: max(0, len(_jobs) - HELD)]:
            del _jobs[old]
    threading.Thread(target=_work, args=(job, make), name="ballast-long", daemon=True).start()
    return job


def forget(key: Hashable) -> None:
    """Let a question be asked anew."""
    with _lock:
        _jobs.pop(key, None)


def _work(job: Job[T], make: Callable[[], Work[T]]) -> None:
    with _slots:
        if job.stop.is_set():
            job.state = "cancelled"
            return
        job.state = "running"
        try:
            work = make()
            for progress in work:
                job.progress = progress
                if job.stop.is_set():
                    job.state = "cancelled"
                    return
            job.answer = work.result()
            job.state = "done"
        except BallastError as problem:
            job.problem, job.state = str(problem), "failed"
        except Exception as problem:  # a thread has nobody to tell: the page says that it failed
            job.problem, job.state = f"It could not be worked out ({type(problem).__name__}).", "failed"


# ---- on a page ------------------------------------------------------------------------------------------
def worked_out(key: Hashable, make: Callable[[], Work[T]], *, name: str, what: str) -> T | None:
    """The answer where it is there; else how far it is, with a button to cancel, and None.

    The page stays usable meanwhile and shows the answer by itself when it is there.

    Parameters
    ----------
    name
        Unique on the page; part of widget keys.
    what
        What is worked out, for the progress line ("the map of 441 cells").
    """
    job = job_of(key, make)
    if job.state == "done":
        return job.answer
    if job.state == "failed":
        st.warning(as_markdown(job.problem), icon=":material/info:")
    if job.state == "cancelled":
        st.markdown(f"Cancelled: {as_markdown(what)} is not worked out.")
    if job.is_over:
        st.button("Start again", key=f"{name}-again", on_click=forget, args=(key,), icon=":material/refresh:")
        return None
    with st.container(key=f"long-{name}", border=True):
        _watch(job, name, what)
    return None


@st.fragment(run_every=TICK)
def _watch(job: Job[T], name: str, what: str) -> None:
    if job.is_over:
        st.rerun()
    st.progress(_share(job.progress), text=as_markdown(f"Working out {what}: {_left(job)}"))
    st.button("Cancel", key=f"{name}-cancel", on_click=job.stop.set, icon=":material/close:")


def _share(progress: Progress | None) -> float:
    return 0.0 if progress is None else min(1.0, progress.share)


def _left(job: Job[T]) -> str:
    if job.stop.is_set():
        return "stopping"
    if job.progress is None:
        return "waiting for its turn" if job.state == "waiting" else "setting up"
    left, share = job.progress.seconds_left, f"{100 * _share(job.progress):.0f}%"
    if left < 1:
        return f"{share}, nearly there"
    return f"{share}, about {f'{left:.0f} seconds' if left < 90 else f'{left / 60:.0f} minutes'} left"
