"""Sections of the Vote page."""
