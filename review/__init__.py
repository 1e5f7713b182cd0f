"""People correct a dataset: decisions kept in `OUT/review.sqlite`, a page to make them, and builds that obey them."""
