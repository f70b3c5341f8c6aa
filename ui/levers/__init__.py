"""Lever rows: slider, exact value, date, who pays."""
