"""Maps of levers and assumptions: many worlds of one question, stepped a batch at a time."""
