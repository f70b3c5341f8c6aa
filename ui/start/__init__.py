"""Pieces of the Start page."""
