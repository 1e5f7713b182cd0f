"""The `tithi` command: it parses arguments and calls; it computes nothing itself."""
