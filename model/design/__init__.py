"""Networks that do not exist yet, from what their founders say."""
