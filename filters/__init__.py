"""Which pairs are kept: filters score a pair and say why, thresholds in one TOML file decide."""
