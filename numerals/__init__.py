"""Numbers in Hindi and English text: digits, words, lakh and crore, and the words and tokens they stand in."""
