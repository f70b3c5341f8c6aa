"""Benches of the Network page: the machinery that only one network has."""
