"""Sections of the Scorecard page."""
