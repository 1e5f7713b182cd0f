"""Articles in, datasets out: the records that the rest of tithi speaks, reading, writing, splits and the card."""
