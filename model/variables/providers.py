"""Those who provide the service: income, pay for merit, margin and where quality is heading."""

from __future__ import annotations

from model.variables.declaration import Variable, computed

PROVIDERS: tuple[Variable, ...] = (
    computed(
        "income",
        "Y_{i}",
        "Income of a role",
        "USD/yr",
        "Revenue share, tokens at market value and fiat-indexed pay.",
        "usd",
        scope="role",
    ),
    computed(
        "contrast",
        "vs",
        "Scoring contrast in force",
        "share",
        "How far scores tell high from low quality apart; it follows validators' quality.",
        "percent",
    ),
    computed(
        "high_pay",
        "A_{H,i}",
        "Pay of a high-quality unit",
        "ratio",
        "Relative to the role's average.",
        scope="merit-role",
    ),
    computed(
        "low_pay",
        "A_{L,i}",
        "Pay of a low-quality unit",
        "ratio",
        "Relative to the role's average.",
        scope="merit-role",
    ),
    computed(
        "margin",
        r"\gamma_{i}",
        "Income over required income",
        "ratio",
        "Above one providers enter, below one they leave.",
        scope="role",
    ),
    computed(
        "quality_target",
        r"\hat q_{i}",
        "Quality that capacity supports",
        "share",
        "Where a role's quality is heading.",
        "percent",
        scope="role",
    ),
)
