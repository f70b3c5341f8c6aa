"""Worlds through time: inputs by column, chance, the two steppers, and what comes out of a run."""
