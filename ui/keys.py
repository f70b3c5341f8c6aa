"""Every key of the app, declared once: buttons take their key from here, and the Keyboard window lists them.

Streamlit keeps C and R for itself and lets keys rest while somebody types in a box; `ui/keys.js` lets them work on a
slider. A key works where its button is on the page, and not while the button is greyed out.
"""

from __future__ import annotations

from dataclasses import dataclass

EVERYWHERE = "Every page of a scenario"
CHARTED = "Sandbox, Proposal, Compare, Stress"


@dataclass(frozen=True)
class Key:
    """One key: `press` as Streamlit reads it and buttons show it, what it does, and on which pages."""

    press: str
    does: str
    where: str = EVERYWHERE

    def tip(self, words: str) -> str:
        """Help of the button that has this key: what it does, and the key."""
        return f"{words}. Key: {self.press.replace('+', ' + ')}"


UNDO = Key("U", "Undo: take the last change back")
REDO = Key("Shift+U", "Redo: bring back what undo took")
SHARE = Key("S", "Share: links and texts that restore what is on screen")
GLOSSARY = Key("G", "Glossary: what the words mean", "Every page but Workshop")
KEYBOARD = Key("K", "Keyboard: this list; ? does the same", "Every page but Workshop")
BASELINE = Key("B", "Hide or show the baseline in charts over time", CHARTED)
REPLAY = Key("P", "Replay the last change: before, then after", "Sandbox; Workshop, in a round")
ONE_CHART = Key("1", "One large chart", "Sandbox")
TWO_CHARTS = Key("2", "Two charts", "Sandbox")
FOUR_CHARTS = Key("4", "Four charts", "Sandbox")
NEXT_BEAT = Key("Space", "Next beat of the run sheet", "Workshop, for the facilitator")

KEYS = (
    UNDO,
    REDO,
    SHARE,
    GLOSSARY,
    KEYBOARD,
    BASELINE,
    REPLAY,
    ONE_CHART,
    TWO_CHARTS,
    FOUR_CHARTS,
    NEXT_BEAT,
)
