"""Stakers: their yield, the ratio they want, and what moves."""

from __future__ import annotations

from model.variables.declaration import Variable, computed

STAKING: tuple[Variable, ...] = (
    computed("staking_yield", "y_K", "Staking yield", "1/yr", "Staker income over stake, net of slashing.", "percent"),
    computed(
        "staking_target", r"\hat s", "Staking target", "share", "The ratio that stakers want at this yield.", "percent"
    ),
    computed(
        "stake_flow", r"\Delta K", "Tokens moved into stake", "tokens per step", "Float that becomes stake.", "tokens"
    ),
    computed("slashed", r"J", "Slashed stake", "tokens/yr", "Stake lost to penalties a year.", "tokens"),
)
