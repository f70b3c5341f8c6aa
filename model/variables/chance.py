"""What a modelled future draws, and the shocks that the draws make."""

from __future__ import annotations

from model.variables.declaration import Variable, computed

CHANCE: tuple[Variable, ...] = (
    computed(
        "demand_shock",
        r"\zeta^{A}_{i}",
        "Demand shock",
        "ratio",
        "Factor on demand drawn for a future; one without shocks.",
        scope="stream",
    ),
    computed(
        "cost_shock",
        r"\zeta^{c}_{i}",
        "Cost shock",
        "ratio",
        "Factor on unit cost drawn for a future; one without shocks.",
        scope="role",
    ),
    computed(
        "holdings_shock",
        r"\zeta^{z}",
        "Holdings shock",
        "ratio",
        "Factor on speculative holdings drawn for a future; one without shocks.",
    ),
    computed(
        "price_shock", r"\zeta^{P}", "Price shock", "log points", "Noise added to the log price; zero without shocks."
    ),
    computed(
        "demand_deviation",
        r"x^{A}",
        "Demand deviation",
        "log points",
        "How far the logarithm of demand has wandered from its trend in a future.",
    ),
    computed(
        "cost_deviation",
        r"x^{c}_{i}",
        "Cost deviation",
        "log points",
        "How far the logarithm of unit cost has swung from its trend in a future.",
        scope="role",
    ),
    computed(
        "cost_spread",
        r"v^{c}_{i}",
        "Spread of the cost deviation",
        "square log points",
        "Variance over futures of the cost deviation, so far.",
        scope="role",
    ),
    computed(
        "holdings_deviation",
        r"x^{z}",
        "Holdings deviation",
        "log points",
        "How far the logarithm of the speculative bid has swung in a future.",
    ),
    computed(
        "holdings_spread",
        r"v^{z}",
        "Spread of the holdings deviation",
        "square log points",
        "Variance over futures of the holdings deviation, so far.",
    ),
    computed("demand_innovation", r"\varepsilon^{A}", "Demand draw", "standard deviations", "Standard normal draw."),
    computed("expected_jumps", r"\bar{n}^{J}", "Expected jumps", "jumps", "Mean number of demand jumps in a step."),
    computed("demand_jumps", r"n^{J}", "Jumps of demand", "jumps", "Poisson draw: how many jumps fall into the step."),
    computed("jump_innovation", r"\varepsilon^{J}", "Jump draw", "standard deviations", "Standard normal draw."),
    computed(
        "cost_innovation",
        r"\varepsilon^{c}_{i}",
        "Cost draw",
        "standard deviations",
        "Standard normal draw.",
        scope="role",
    ),
    computed(
        "holdings_innovation", r"\varepsilon^{z}", "Holdings draw", "standard deviations", "Standard normal draw."
    ),
    computed("price_innovation", r"\varepsilon^{P}", "Price draw", "standard deviations", "Standard normal draw."),
)
