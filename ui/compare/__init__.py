"""Columns, charts and tables of the Compare page, and the scenarios kept for it."""
