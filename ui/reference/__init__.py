"""Tabs of the Model page."""
