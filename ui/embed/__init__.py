"""A scenario as one card inside somebody else's page: `?view=embed`."""
