"""Sections of the Proposal page."""
