"""Screens of the Workshop page."""
