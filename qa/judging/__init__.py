"""How sure an answer is: one calibrated probability, two thresholds."""
