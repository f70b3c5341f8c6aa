"""Speed, measured side by side in one run; figures go to RESULTS.md, never into an assertion."""
