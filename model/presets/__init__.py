"""Networks as dated files: read, checked, calibrated, with the evidence behind every figure."""
