"""What is taken away says what it is: version, link, units, assumptions, calls of judgement, and the same numbers."""

from __future__ import annotations

import contextlib
import io
import json
import re
from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from model import VERSION, Scenario, compare, load_network, load_proposal, project
from model.engine.kept import MedianRun
from model.engine.results import Run
from model.exports.data import FIELDS, as_csv, as_json, as_parquet, metadata, table, with_units
from model.exports.document import Bullets, Code, Document, Link, Paragraph, Section, Table
from model.exports.impact import NOT_A_FORECAST, ONLY_HERE, Terms, impact, opening
from model.exports.snippet import comparison_snippet, snippet
from model.gains.who_gains import conservation_words, who_gains
from model.outcomes import key_figures
from model.scenario.arguments import arguments_of
from model.scenario.stacking import stack
from model.words.assumption_words import judgement_calls, moved_assumptions, told_in_a_picture
from ui.link import read_query
from ui.runs import run_of

PAYMENT = load_network("payment")
TERMS = Terms(2, 60, 5, "https://ballast.example/sandbox?v=0.2&network=payment&burn_share=0.3")
BY_HAND = Scenario(
    PAYMENT, {"burn_share": 0.3}, "providers", {"demand_growth": 0.3}, {"price": 1.5}, phase_in_years=0.5
)
BUYBACK = load_proposal("buyback-and-burn")
OWN = BUYBACK.model_copy(update={"name": "my-own", "title": "My own | `rule` <b>"})
SCENARIOS = {
    "by hand": BY_HAND,
    "a file": Scenario(PAYMENT, proposals=(BUYBACK,)),
    "on top": stack(Scenario(PAYMENT, proposals=(BUYBACK,)), Scenario(PAYMENT, {"emission_scale": 0.5})),
    "written out in the link": Scenario(PAYMENT, proposals=(OWN,)),
}


def sampled(scenario: Scenario, draws: int = TERMS.futures) -> Run:
    return project(scenario.network, **arguments_of(scenario), years=TERMS.years, draws=draws, seed=TERMS.seed)


def medians(scenario: Scenario) -> MedianRun:
    run = sampled(scenario)
    return MedianRun(lambda: run)


def statement(scenario: Scenario) -> str:
    who = who_gains(sampled(scenario))
    return impact(scenario, medians(scenario), TERMS, who.summary, conservation_words(who)).markdown()


# ---- statement ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", SCENARIOS)
def test_a_statement_has_what_a_forum_asks_for(name: str) -> None:
    text = statement(SCENARIOS[name])
    headings = re.findall(r"^## (.+)$", text, flags=re.MULTILINE)
    wanted = ["Abstract", "Key terms", "Specification", "Timeline", "Overall cost: who gains and who pays", "How sure"]
    assert headings[: len(wanted)] == wanted
    assert f"model {VERSION}" in text
    assert text.count(NOT_A_FORECAST) == 2
    assert TERMS.link in text
    for call in PAYMENT.judgement_calls[:2]:
        assert call.rstrip(".") in text
    assert re.search(r"of 50 (modelled )?futures", text)
    assert "tokens" in text
    assert "should" not in text.lower()


def test_moved_assumptions_stand_on_top_with_both_values() -> None:
    text = statement(BY_HAND)
    top = text[: text.index("## Abstract")]
    assert "This result uses 2 non-default assumptions." in top
    assert "Demand growth: 30% instead of " in top
    assert "First day's price: 1.5 instead of " in top


def test_an_assumption_at_its_own_value_is_none() -> None:
    same = Scenario(PAYMENT, assumptions={"demand_growth": PAYMENT.values["demand_growth"]})
    assert moved_assumptions(same) == []


def test_a_statement_of_no_change_says_that_nothing_changes() -> None:
    text = statement(Scenario(PAYMENT))
    assert "No lever is moved" in text
    assert "scenario and baseline are the same" in text


def test_the_text_of_a_proposal_is_no_markup_in_the_statement() -> None:
    text = statement(SCENARIOS["written out in the link"])
    assert "My own \\| \\`rule\\` \\<b\\>" in text


def test_markdown_and_html_say_the_same_and_no_text_becomes_markup() -> None:
    document = Document(
        "A & <script>",
        [Paragraph("one_two")],
        [
            Section("S", [Bullets([Link("here", "https://a.example/(x)")]), Table(["a", "b"], [["1|2", "<i>"]])]),
            Section("Empty", []),
            Section("C", [Code("```\nx < 1", "python"), Paragraph(Link("bad", "javascript:alert(1)"))]),
        ],
    )
    markdown, html = document.markdown(), document.html()
    assert "one\\_two" in markdown
    assert "[here](https://a.example/%28x%29)" in markdown
    assert "| 1\\|2 | \\<i\\> |" in markdown
    assert "Empty" not in markdown + html
    assert "<script>" not in html
    assert "<i>" not in html
    assert "javascript" not in html
    assert '<a href="https://a.example/(x)"' in html


def test_every_cell_of_a_page_names_its_column_and_no_date_is_broken() -> None:
    document = Document("T", [Paragraph("Put on 2026-03-17.")], [Section("S", [Table(["a", "b & c"], [["1", "2"]])])])
    above, below = document.html_around_charts()
    assert '<span class="day">2026-03-17</span>' in above
    assert '<td data-label="b &amp; c">2</td>' in above
    assert below == ""


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("http://localhost:8501/proposal?v=1", True),
        ("http://127.0.0.1/?v=1", True),
        ("http://[::1]:8501/", True),
        ("https://ballast.example/localhost", False),
        ("?v=1", False),
    ],
)
def test_a_link_that_opens_on_one_machine_alone_is_told_of(address: str, local: bool) -> None:
    told = opening([BY_HAND], replace(TERMS, link=address))
    assert (Paragraph(ONLY_HERE) in told) == local


# ---- data ---------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def taken() -> tuple[pl.DataFrame, dict[str, object], MedianRun]:
    run = medians(BY_HAND)
    return table(run), metadata([BY_HAND], TERMS), run


def test_the_table_has_the_run_s_own_numbers(taken: tuple[pl.DataFrame, dict[str, object], MedianRun]) -> None:
    frame, _, run = taken
    price = frame.filter(pl.col("world") == "scenario", pl.col("variable") == "price")
    assert price["value"].to_list() == run.values("price")[1].tolist()
    assert price["p05"].to_list() == run.band("price", "scenario")[0].tolist()
    assert tuple(frame.columns) == FIELDS


def test_csv_parquet_and_json_read_back_as_the_same_table_and_say_what_it_means(
    taken: tuple[pl.DataFrame, dict[str, object], MedianRun],
) -> None:
    frame, meant, _ = taken
    csv, parquet, text = as_csv(frame, meant), as_parquet(frame, meant), json.loads(as_json(frame, meant))
    read = pl.read_csv(io.BytesIO(csv), comment_prefix="#", schema_overrides=frame.schema)
    assert_frame_equal(read, frame, check_exact=True)
    assert_frame_equal(pl.read_parquet(io.BytesIO(parquet)), frame, check_exact=True)
    columns = pl.DataFrame(text["columns"], schema_overrides={**frame.schema, "date": pl.String})
    assert_frame_equal(columns.with_columns(pl.col("date").str.to_date()), frame, check_exact=True)
    in_csv = {
        line[2:].split(": ", 1)[0]: json.loads(line[2:].split(": ", 1)[1])
        for line in csv.decode().splitlines()
        if line.startswith("# ")
    }
    in_parquet = pl.read_parquet_metadata(io.BytesIO(parquet))
    expected = json.loads(json.dumps(with_units(meant, frame)))
    assert in_csv == text["metadata"] == expected
    assert {key: json.loads(in_parquet[key]) for key in expected} == expected


def test_metadata_name_version_link_units_and_assumptions(
    taken: tuple[pl.DataFrame, dict[str, object], MedianRun],
) -> None:
    frame, meant, run = taken
    told = with_units(meant, frame)
    assert told["model_version"] == VERSION
    assert told["link"] == TERMS.link
    assert told["units"] == {name: run.units[name] for name in frame["variable"].unique(maintain_order=True)}
    assert len(told["worlds"]["scenario"]["non_default_assumptions"]) == 2
    assert Scenario.from_link(told["worlds"]["scenario"]["link"]).values == BY_HAND.values


def test_a_single_path_has_no_band() -> None:
    frame = table(sampled(BY_HAND, draws=0))
    assert frame["p05"].null_count() == frame["p95"].null_count() == frame.height


# ---- Python -------------------------------------------------------------------------------------------
def printed(code: str) -> dict[tuple[str, str], float]:
    """Numbers that a script prints, by variable and world."""
    imported = set(re.findall(r"^(?:from|import) (\S+)", code, flags=re.MULTILINE))
    assert imported <= {"model", "polars", "datetime"}
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "snippet", "exec"), {})
    lines = [re.fullmatch(r"(\S+), (\w+), \S+: (\S+) .+", line) for line in out.getvalue().splitlines()]
    return {(m[1], m[2]): float(m[3]) for m in lines if m}


@pytest.mark.parametrize("futures", [TERMS.futures, 0])
@pytest.mark.parametrize("name", SCENARIOS)
def test_the_python_prints_the_key_figures_of_the_page(name: str, futures: int) -> None:
    scenario = SCENARIOS[name]
    terms = Terms(TERMS.years, futures, TERMS.seed, TERMS.link)
    run = medians(scenario) if futures else sampled(scenario, draws=0)
    found = printed(snippet(scenario, terms, scenario.system))
    for result in key_figures(run):
        assert found[result.measure.column, "baseline"] == pytest.approx(result.baseline, rel=1e-9)
        assert found[result.measure.column, "scenario"] == pytest.approx(result.scenario, rel=1e-9)
    assert len(found) == 2 * len(key_figures(run))


def test_code_and_pictures_carry_moved_assumptions_and_the_calls_of_judgement() -> None:
    code = snippet(BY_HAND, TERMS, BY_HAND.system)
    both = comparison_snippet([BY_HAND, SCENARIOS["a file"]], ["A", "B"], TERMS, BY_HAND.system)
    picture = told_in_a_picture([BY_HAND, SCENARIOS["a file"]], ["A", "B"])
    for told in (*moved_assumptions(BY_HAND), *judgement_calls([BY_HAND])):
        assert f"#   {told}" in code
        assert f"#   {told}" in both
        assert told in picture
    assert "# A: This result uses" in both
    assert "# B: This result uses the preset's own assumptions." in both
    assert "Moved in A: " in picture
    assert "Moved in B" not in picture


def test_the_python_of_a_comparison_prints_every_column() -> None:
    scenarios = [SCENARIOS["by hand"], SCENARIOS["a file"]]
    run = compare(scenarios, ["A", "B"], years=TERMS.years, draws=TERMS.futures, seed=TERMS.seed)
    found = printed(comparison_snippet(scenarios, ["A", "B"], TERMS, run.system))
    of_run = MedianRun(lambda: run).values("supply")[:, -1]
    assert [found["supply", world] for world in ("baseline", "A", "B")] == pytest.approx(of_run.tolist(), rel=1e-12)


@pytest.mark.parametrize("network", ["payment", "render"])
def test_every_variable_that_a_page_offers_can_be_taken_away(network: str) -> None:
    """Columns that add up over every step among them, where only some steps are held."""
    run = run_of(read_query({"network": network, "years": "2"})[0])
    whole = project(network, years=2, draws=500, seed=7).values("treasury_fiat")[:500, -1]
    frame = table(run).filter(pl.col("variable") == "treasury_fiat", pl.col("world") == "baseline")
    assert frame["value"][-1] == pytest.approx(float(np.median(whole)), rel=1e-12)
