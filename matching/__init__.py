"""Which articles of two heaps tell the same story: candidates, evidence, and a calibrated probability for each pair."""
