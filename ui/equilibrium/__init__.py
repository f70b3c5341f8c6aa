"""Sections of the Equilibrium page."""
