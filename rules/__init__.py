"""One module a kind of fault: numbers, dates, names, negation, roles and the rest; each is a `Check` over a pair."""
