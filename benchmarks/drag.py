"""How fast the Equilibrium picture follows a slider that the browser answers, beside one that the server answers."""

from __future__ import annotations

import shutil
import statistics

from playwright.sync_api import Page, sync_playwright

from benchmarks.server import served

STEPS = 240
RELEASES = 8
NETWORKS = (("payment", "Payment archetype, 3 sliders"), ("internet-computer", "Internet Computer, 5 sliders"))
PICTURE = "form.vega-bindings"

# Moves the first slider of the picture once in every frame that the browser paints and, for each move, measures the
# time until the curves have changed; resolves with frames a second and these times.
_DRAG = """
steps => new Promise(resolve => {
  const slider = document.querySelector('form.vega-bindings input');
  const chart = slider.closest('[data-testid=stVegaLiteChart]').querySelector('svg');
  const low = +slider.min, high = +slider.max, took = [];
  let moved = 0, begin = 0, first = null;
  new MutationObserver(() => { if (moved) { took.push(performance.now() - moved); moved = 0; } })
    .observe(chart, {subtree: true, childList: true, attributes: true, attributeFilter: ['d', 'transform']});
  const frame = now => {
    if (first === null) { first = now; begin = performance.now(); }
    if (steps-- > 0) {
      slider.value = low + (high - low) * (0.5 + 0.4 * Math.sin(steps / 20));
      moved = performance.now();
      slider.dispatchEvent(new Event('input', {bubbles: true}));
      requestAnimationFrame(frame);
    } else { resolve([took.length / (performance.now() - begin) * 1000, took]); }
  };
  requestAnimationFrame(frame);
})
"""

# Resolves with the time from now until curves have been drawn anew; the server's answer replaces the whole picture.
_WATCH = """
() => new Promise(resolve => {
  const begin = performance.now(), seen = new MutationObserver(records => {
    if (!records.some(record => record.target.closest('svg.marks') || record.target.querySelector('svg.marks'))) return;
    seen.disconnect();
    requestAnimationFrame(() => resolve(performance.now() - begin));
  });
  seen.observe(document.querySelector('.st-key-live'), {subtree: true, childList: true, attributes: true});
  setTimeout(() => resolve(NaN), 20000);
})
"""


def _opened(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(f"{PICTURE} input").first.wait_for(timeout=120_000)
    page.wait_for_function(
        "() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'",
        timeout=120_000,
    )
    page.locator(f"{PICTURE} input").first.scroll_into_view_if_needed()


def _by_server(page: Page) -> list[float]:
    """Milliseconds from an arrow key on the page's own slider to the changed curves."""
    slider, found = page.locator(".st-key-lever-burn_share").get_by_role("slider"), []
    for _ in range(RELEASES):
        slider.focus()
        page.evaluate(f"() => {{ window.__watch = ({_WATCH})(); }}")
        page.keyboard.press("ArrowRight")
        found.append(float(page.evaluate("() => window.__watch")))
        page.wait_for_timeout(1500)
    return [value for value in found if value == value]


def drag_lines() -> list[str]:
    """The drag part of the report."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if chromium is None:
        raise RuntimeError("no Chromium found: apt-get install chromium")
    lines = [
        "Equilibrium page: the slider under the picture is moved once in every frame that the browser paints, "
        f"{STEPS} times; the browser computes the declared equations at 61 prices and looks for the crossing. Beside "
        "it an arrow key on the page's own slider, which the server answers, until the curves change.", "",
        "| network | redrawn a second | a move, median | 95 of 100 within | slowest | by the server, median |",
        "|---|---|---|---|---|---|",
    ]  # fmt: skip
    with served() as server, sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        for network, title in NETWORKS:
            page = browser.new_page(viewport={"width": 1400, "height": 1000})
            _opened(page, f"{server.url}/equilibrium?network={network}")
            rate, took = page.evaluate(_DRAG, STEPS)
            page.wait_for_timeout(2000)
            slow = statistics.median(_by_server(page)) if network == "payment" else float("nan")
            by_server = f"{slow:.0f} ms" if slow == slow else "–"
            lines.append(
                f"| {title} | {rate:.0f} | {statistics.median(took):.1f} ms | "
                f"{statistics.quantiles(took, n=20)[-1]:.1f} ms | {max(took):.0f} ms | {by_server} |"
            )
            page.close()
        version = browser.version
        browser.close()
    return [*lines, "", f"Chromium {version}, software rendering."]
