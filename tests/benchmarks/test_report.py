"""The report says what was missed, keeps the parts that were not run, and its visitors see errors."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks import __main__ as report
from benchmarks.contest import Results, require_equal
from benchmarks.machine import Timing, interleaved, span, times
from benchmarks.picture import NAMES, picture
from benchmarks.targets import Target, targets
from benchmarks.visitor import Page
from model.engine.worlds import Floats


def results(kernel: float) -> Results:
    """Everything a second, the kernel as given."""
    found = Results()
    for title in ("1 run", "21 × 21 map"):
        found.whole[title] = {name: Timing(1.0, 1.0) for name in NAMES} | {"kernel": Timing(kernel, kernel)}
    found.alone["1 run, dated"] = {"kernel": Timing(kernel, kernel), "loop": Timing(1.0, 1.0)}
    found.project = Timing(kernel, kernel)
    return found


def test_a_missed_target_is_printed_as_missed() -> None:
    fast, slow = list(targets(results(1e-4))), list(targets(results(10.0)))
    of_polars = [target for target in fast if "Polars" in target.what]
    assert all(target.met for target in fast if target not in of_polars)
    assert not any(target.met for target in [*slow, *of_polars])
    assert all("**missed**" in target.row for target in slow)
    assert "**missed**" not in Target("a", 2.0, 1.0).row


def test_a_limit_holds_from_above_and_a_goal_from_below() -> None:
    assert Target("a", 1.3, 1.3, at_most=True).met
    assert not Target("a", 1.31, 1.3, at_most=True).met
    assert Target("a", 20.0, 20.0).met
    assert not Target("a", 19.9, 20.0).met


def test_a_contestant_that_computes_something_else_stops_the_benchmark(one: Floats) -> None:
    require_equal("same", one * (1 + 1e-12), one)
    with pytest.raises(RuntimeError, match="nothing is timed"):
        require_equal("other", one * (1 + 1e-6), one)
    with pytest.raises(RuntimeError, match="nothing is timed"):
        require_equal("shorter", one[:1], one)
    with pytest.raises(RuntimeError, match="nothing is timed"):
        require_equal("missing", one * float("nan"), one)


@pytest.fixture
def one() -> Floats:
    import numpy as np

    return np.ones((2, 3))


def test_parts_that_are_not_run_keep_what_the_file_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "RESULTS", tmp_path / "RESULTS.md")
    monkeypatch.setattr(report, "fill", lambda _: None)
    browser, slider = report.PARTS["browser"][0], report.PARTS["slider"][0]
    report.write({browser: "kept\n\n### below", slider: "old"})
    monkeypatch.setitem(report.PARTS, "slider", (slider, lambda: ["new"]))
    report.main(["slider"])
    sections = report.kept()
    assert sections[browser] == "kept\n\n### below"
    assert sections[slider].endswith("new")
    assert list(sections) == [slider, browser]


def test_contestants_take_turns() -> None:
    turns: list[str] = []

    def clock(name: str) -> float:
        turns.append(name)
        return 0.1

    found = interleaved({"a": lambda: clock("a"), "b": lambda: clock("b")}, rounds=3, budget=0.05)
    assert turns == ["a", "b"] * 4
    assert found["a"] == Timing(0.1, 0.1)


def test_times_are_written_in_three_digits_with_a_unit() -> None:
    assert [span(t) for t in (0.0000412, 0.00044, 0.0123, 0.9998, 4.4, 321.4)] == [
        "41.2 µs", "440 µs", "12.3 ms", "1.00 s", "4.40 s", "321 s",
    ]  # fmt: skip


def test_ratios_are_written_without_exponents() -> None:
    assert [times(ratio) for ratio in (0.311, 1.5, 19.96, 284.2, 1171.0)] == [
        "0.311×",
        "1.50×",
        "20.0×",
        "284×",
        "1,171×",
    ]


def test_the_picture_names_every_contestant_and_does_not_rely_on_colour() -> None:
    spec = picture(results(0.5).whole).to_dict()
    points = spec["spec"]["layer"][0]
    assert points["encoding"]["shape"]["field"] == points["encoding"]["color"]["field"]
    assert {row["who"] for row in next(iter(spec["datasets"].values()))} == set(NAMES.values())


def test_a_visitor_notices_an_error_on_the_page_and_a_message_that_never_came() -> None:
    page = Page()
    shown = ForwardMsg()
    shown.delta.new_element.exception.type = "KeyError"
    assert not page.take(shown)
    unknown = ForwardMsg(ref_hash="nowhere")
    assert not page.take(unknown)
    assert len(page.faults) == 2
    assert page.take(ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY))
    assert not page.take(ForwardMsg(script_finished=ForwardMsg.FINISHED_EARLY_FOR_RERUN))
