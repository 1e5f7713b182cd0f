"""Files in, articles and pairs out: every format has one reader."""
