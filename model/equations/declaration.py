"""The form in which an equation is declared."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr, Symbol

MULTI_ROLE = "Ballast economics specification, section 16"
"""Source of what holds for several roles and streams."""


@dataclass(frozen=True)
class Equation:
    """One statement of the model, read by the steppers, the rest point, the documents and the residual table.

    Attributes
    ----------
    number
        Number in the specification ("E30"); several statements may share one.
    name
        Short name for the reader.
    sentence
        What it says, in one sentence.
    target
        The symbol it gives a value to: a variable at t, or a state at the end of the step.
    expression
        Its value.
    stage
        Part of the period, one of the keys of `model.stages.STAGES`; each file of this folder writes one part.
    source
        Where the form comes from.
    index
        Role, stream or bucket it is written for; empty for the network.
    """

    number: str
    name: str
    sentence: str
    target: Symbol
    expression: Expr
    stage: str
    source: str = "Ballast economics specification"
    index: str = ""
