"""Article pairs written for this project in both languages (CC0), with gold segments and beads."""
