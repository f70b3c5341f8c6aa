"""How much a room, a person and a server may hold; declared once, told in every refusal."""

from __future__ import annotations

ROOMS = 500
"""Rooms that a server keeps at a time."""
PARTICIPANTS = 300
"""People, simulated ones included, in a room."""
QUESTIONS = 8
"""Figures that a round may ask about."""
BALLOTS = 20
"""Votes that a room may hold."""
NAME = 40
"""Characters of a person's or group's name."""
TITLE = 120
REASON = 500
KEY = 80
"""Characters of the name of a figure."""
LINK = 12_000
"""Characters of a scenario's link; one with a written-out proposal takes some thousands."""
CLIENT_TOKEN = 64
FILE = 8_000_000
"""Bytes of a room's file."""
LARGEST = 1e30
"""No predicted number, goal or result is larger."""
EXTENSION_MINUTES = 60.0
"""Longest time by which a beat is extended or cut at once."""
ROOM_DAYS = 30
"""Days without use after which a room is deleted, unless `BALLAST_ROOM_DAYS` says otherwise."""
