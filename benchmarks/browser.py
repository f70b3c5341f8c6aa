"""From slider to painted charts in a real Chromium, beside the same page with results it already has."""

from __future__ import annotations

import shutil
import statistics
import time

from playwright.sync_api import Page, sync_playwright

from benchmarks.server import served

PRESSES = 12

# Resolves with the time from the key press until every chart has been redrawn and the frame after it is painted.
_WATCH = """
() => new Promise(resolve => {
  const begin = performance.now();
  const charts = [...document.querySelectorAll('[data-testid=stVegaLiteChart]')];
  let last = begin, quiet = null;
  const done = () => requestAnimationFrame(() => requestAnimationFrame(() => resolve(last - begin)));
  const seen = new MutationObserver(() => {
    last = performance.now();
    clearTimeout(quiet);
    quiet = setTimeout(() => { seen.disconnect(); done(); }, 350);
  });
  const what = {subtree: true, childList: true, attributes: true, attributeFilter: ['d', 'transform']};
  charts.forEach(chart => seen.observe(chart, what));
  setTimeout(() => { if (last === begin) { seen.disconnect(); resolve(-1); } }, 8000);
})
"""


def _settled(page: Page) -> None:
    page.wait_for_function(
        "() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"
        " && [...document.querySelectorAll('[data-testid=stVegaLiteChart]')].length > 0"
        " && [...document.querySelectorAll('[data-testid=stVegaLiteChart]')]"
        ".every(chart => chart.querySelector('svg, canvas'))",
        timeout=60_000,
    )


def _press(page: Page, key: str) -> float:
    """Milliseconds from one arrow key on the burn-share slider to the last redrawn chart."""
    slider = page.get_by_role("slider", name="burn share").first
    slider.focus()
    watch = page.evaluate_handle(f"() => {{ window.__watch = ({_WATCH})(); }}")
    page.keyboard.press(key)
    found = float(page.evaluate("() => window.__watch"))
    watch.dispose()
    return found


def _first_page(page: Page, url: str) -> float:
    begin = time.perf_counter()
    page.goto(url)
    _settled(page)
    return (time.perf_counter() - begin) * 1e3


def _series(page: Page, there: str, back: str) -> tuple[list[float], list[float]]:
    """Presses that reach new settings, then the way back over settings whose results are already there."""
    _press(page, there)
    fresh = [_press(page, there) for _ in range(PRESSES)]
    canned = [_press(page, back) for _ in range(PRESSES)]
    return [f for f in fresh if f > 0], [c for c in canned if c > 0]


def _row(name: str, fresh: list[float], canned: list[float]) -> str:
    ratio = statistics.median(fresh) / statistics.median(canned)
    return (
        f"| {name} | {statistics.median(fresh):.0f} ms | {max(fresh):.0f} ms | {statistics.median(canned):.0f} ms | "
        f"{max(canned):.0f} ms | {ratio:.2f}x |"
    )


def browser_lines() -> list[str]:
    """The browser part of the report."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if chromium is None:
        raise RuntimeError("no Chromium found: apt-get install chromium")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
    lines = [
        "Arrow key on the burn share until the last chart is redrawn. Canned: the same page on the way back, "
        "where every result is already held.", "",
        "| page | new result, median | worst | canned, median | worst | ratio |", "|---|---|---|---|---|---|",
    ]  # fmt: skip
    with served() as server, sync_playwright() as playwright:
        url = server.url
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        first = _first_page(browser.new_page(viewport={"width": 1400, "height": 1000}), url)
        for name, address, there, back in (
            ("Sandbox, payment archetype", "/sandbox", "ArrowRight", "ArrowLeft"),
            ("Sandbox, Render", "/sandbox?network=render", "ArrowLeft", "ArrowRight"),
        ):
            page = browser.new_page(viewport={"width": 1400, "height": 1000})
            page.goto(url + address)
            _settled(page)
            fresh, canned = _series(page, there, back)
            lines.append(_row(name, fresh, canned))
            page.close()
        again = _first_page(browser.new_page(viewport={"width": 1400, "height": 1000}), url)
        browser.close()
    lines += [
        "",
        f"First page of a server that has just started: {first:.0f} ms; of the next visitor: {again:.0f} ms.",
    ]
    return lines
