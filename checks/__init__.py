"""What is wrong in a pair: numbers, dates, names, negation, what is missing, and a quality learnt from all of it."""
