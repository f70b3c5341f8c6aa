"""Every page runs inside the shell, from a bare address and from a broken one."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(f"pages/{path.name}" for path in (ROOT / "pages").glob("*.py"))


def opened(page: str, **query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params.update(query)
    return app.switch_page(page).run()


@pytest.mark.parametrize("page", PAGES)
def test_every_page_runs_and_has_exactly_one_title(page: str) -> None:
    app = opened(page)
    assert not app.exception
    assert len(app.title) == 1


@pytest.mark.parametrize("page", PAGES)
def test_a_query_that_nobody_understands_does_not_break_a_page(page: str) -> None:
    app = opened(page, burn_share="not-a-number", v="999", nonsense="<b>")
    assert not app.exception
    assert len(app.title) == 1


def test_the_large_view_of_a_projector_comes_along_to_another_page() -> None:
    app = opened("pages/sandbox.py", view="projector", burn_share="0.3")
    assert app.session_state["_viewed"] == ("pages/sandbox.py", "projector")
    app.query_params.clear()
    app.switch_page("pages/equilibrium.py").run()
    assert app.session_state["_viewed"] == ("pages/equilibrium.py", "projector")
    # Taken out of the address on the same page, it ends.
    app.query_params.clear()
    app.run()
    assert app.session_state["_viewed"] == ("pages/equilibrium.py", None)
