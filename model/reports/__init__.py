"""What is written from declarations, presets and tests: reference, assumptions, back-casts, validation."""
