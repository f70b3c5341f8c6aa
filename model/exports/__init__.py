"""Results to take away: documents, data and Python."""
