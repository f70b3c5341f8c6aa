"""The page New network: the answer stands beside the form, what does not fit loses nothing, and everything travels."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from model import Scenario
from model.design.design import Design, network_of
from model.design.kinds import KINDS
from model.design.tables import BUCKETS, ROLES, STREAMS, boxes_of, design_from, rows_of
from model.networks.tables import TableForm
from tests.pages.opening import ROOT, notes, opened, query_of, warned, words

PAGE = "pages/design.py"
PATH = "futures=0"
"""The single path: the page computes the same, but one world instead of five hundred."""

TWO_ROLES = b"title,cost,fee_weight,emission_weight\nGPU owners,5000000,2,1\nData,2000000,1,1\n"
TOO_MUCH = (
    b"title,group,share_percent,free_percent,cliff_months,vesting_months\n"
    b"team,team,60,0,12,36\npublic sale,public,60,100,0,0\n"
)


def upload(app: AppTest, form: TableForm, content: bytes) -> AppTest:
    place = app.session_state[f"_bench-design-{form.name}"].generation
    app.file_uploader(key=f"design-{form.name}-in-{place}").upload("own.csv", content, "text/csv")
    return app.run()


def shown(app: AppTest) -> dict[str, str]:
    """Key figures by label."""
    return {metric.label: metric.value for metric in app.metric}


@pytest.fixture
def page() -> AppTest:
    return opened(PAGE, PATH)


def test_boxes_and_tables_of_a_design_make_the_same_design_again() -> None:
    design = Design(staked_share=0.07, supply=3e6)
    tables = {form.name: rows_of(form, design) for form in (ROLES, STREAMS, BUCKETS)}
    assert design_from(boxes_of(design), tables) == design


def test_the_first_sentence_says_whether_it_stands(page: AppTest) -> None:
    assert "On the single path, in" in words(page)
    app = opened(PAGE)
    assert "In 4" in words(app)
    assert "modelled futures this network would still work after 5 years" in words(app)


@pytest.mark.parametrize("kind", KINDS)
def test_a_button_fills_in_a_design_of_its_kind_and_one_step_back_takes_it_out(kind: str, page: AppTest) -> None:
    page.number_input(key="design-supply_millions").set_value(500.0).run()
    before = query_of(page)
    page.button(key=f"kind:{kind}").click().run()
    assert not page.exception
    assert warned(page) == []
    design = KINDS[kind]
    assert shown(page)["Fully diluted"] == "$100M"
    assert design.roles[0].title in words(page)
    assert query_of(page).get("design.archetype", "payment") == kind
    page.button(key="undo").click().run()
    assert query_of(page) == before


def test_with_pay_below_cost_and_far_more_tokens_than_revenue_the_page_says_so_first() -> None:
    app = opened(PAGE, f"{PATH}&design.emission_millions=500")
    assert any("for each dollar of revenue" in text for text in warned(app))
    app = opened(PAGE, f"{PATH}&design.emission_millions=0")
    assert any("of their cost on the first day" in text for text in warned(app))


def test_what_does_not_fit_together_cannot_be_taken_along() -> None:
    app = opened(PAGE, f"{PATH}&design.staker_fee_percent=95")
    assert app.button(key="design-to-pages/sandbox.py").disabled
    assert app.button(key="design-to-pages/tune.py").disabled


def test_the_answer_of_the_opening_design_stands_beside_the_form(page: AppTest) -> None:
    assert not page.exception
    told = words(page)
    for part in ("fully diluted", "would be the last to unlock", "of their cost", "the lowest of"):
        assert part in told
    assert {"Float at launch", "Fully diluted", "New in a year", "Pressure"} == set(shown(page))
    assert len(page.get("vega_lite_chart")) == 3
    tables = " ".join(str(element.proto.body) for element in page.get("html"))
    for other in ("Bittensor", "Render", "Internet Computer", "Fetch.ai", "Short cliff"):
        assert other in tables


def test_what_is_typed_changes_the_answer_travels_in_the_link_and_can_be_undone(page: AppTest) -> None:
    before = shown(page)["Fully diluted"]
    page.number_input(key="design-supply_millions").set_value(500.0).run()
    assert shown(page)["Fully diluted"] == "$500M"
    upload(page, ROLES, TWO_ROLES)
    assert "Income of GPU owners would be" in words(page)
    link = query_of(page)
    again = opened(PAGE, "&".join(f"{key}={text}" for key, text in link.items()))
    assert "Income of GPU owners would be" in words(again)
    assert shown(again) == shown(page)
    page.button(key="undo").click().run().button(key="undo").click().run()
    assert shown(page)["Fully diluted"] == before
    assert not [key for key in query_of(page) if key.startswith("design.")]


def test_what_does_not_fit_is_told_and_the_last_design_that_did_stays(page: AppTest) -> None:
    page.number_input(key="design-price").set_value(2.0).run()
    good = shown(page)
    upload(page, BUCKETS, TOO_MUCH)
    assert any("The shares of the buckets add up to 120%, not 100%" in sentence for sentence in warned(page))
    assert shown(page) == good
    assert [row["title"] for row in page.session_state["_bench-design-buckets"].latest] == ["team", "public sale"]
    page.number_input(key="design-price").set_value(3.0).run()
    assert shown(page) == good
    upload(page, BUCKETS, TOO_MUCH.replace(b"60", b"50"))
    assert shown(page)["Fully diluted"] == "$300M"
    assert not warned(page)


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("design.price=free", "'free' cannot be used"),
        ("design.launch=soon", "a day from"),
        ("design.token=%26%26", "Token:"),
        ("design.title=Bittensor", "the name of a network that comes with the app"),
        ("design.roles=garbage", "The table in the link cannot be read"),
        ("design.unicorns=3", "does not know"),
        ("design.staker_fee_percent=70&design.treasury_fee_percent=70", "more than all revenue"),
    ],
)
def test_what_a_broken_link_says_is_told_in_a_sentence(field: str, told: str) -> None:
    app = opened(PAGE, f"{PATH}&{field}")
    assert not app.exception
    assert told in " ".join(warned(app))
    assert shown(app)["Fully diluted"] == "$100M"


def test_the_design_opens_in_the_sandbox_and_comes_back_with_its_form(page: AppTest) -> None:
    page.text_input(key="design-title").set_value("Foundry").run()
    page.button(key="design-to-pages/sandbox.py").click().run()
    assert not page.exception
    link = query_of(page)
    assert link["design.title"] == "Foundry"
    assert Scenario.from_link(f"?network={link['network']}").network.title == "Foundry"
    page.switch_page(PAGE).run()
    assert page.text_input(key="design-title").value == "Foundry"


# ---- a network that does not come with the app, everywhere ----------------------------------------------
EVERY = sorted(f"pages/{path.name}" for path in (ROOT / "pages").glob("*.py"))


@pytest.mark.slow
def test_every_page_serves_a_network_that_is_written_out_in_the_link() -> None:
    scenario = Scenario(network_of(Design(title="Foundry")), {"burn_share": 0.4})
    link = f"{scenario.to_link().lstrip('?')}&{PATH}&tune.settings=256&tune.futures=0"
    for page in EVERY:
        app = opened(page, link)
        assert not app.exception, page
        assert notes(app) == (), page
        assert app.session_state["_scenario"].now.scenario.network.title == "Foundry", page
        assert dict(parse_qsl(link))["network"] == query_of(app)["network"], page
