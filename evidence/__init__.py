"""What a pair shows, read once for all checks: words, names, sounds, which words answer which, what is left over."""
