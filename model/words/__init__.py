"""Numbers, terms and results in words, neutral and with units."""
