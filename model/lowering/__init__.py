"""One printer per target: LaTeX, Polars expressions, compiled kernel; each knows a closed list of node types."""
