"""Make the rows of aligner/places.tsv that come from CLDR: cities by which time zones are known, in both languages.

    python -m training.places

Rows with another source are written by hand and kept as they are. Needs babel.
"""

from pathlib import Path

from training.needed import packages, run

with packages():
    from babel import Locale

TARGET = Path(__file__).parents[1] / "aligner" / "places.tsv"
HEADER = "kind\tlang\tform\tsource"


def cldr_rows() -> list[str]:
    """Return a row for each city in each language, where CLDR has a name of one to three words for it."""
    rows = set()
    hindi, english = Locale("hi").time_zones, Locale("en").time_zones
    for zone, told in hindi.items():
        area, _, city = zone.rpartition("/")
        if not area or area in ("Etc", "Antarctica"):
            continue
        names = {"hi": told.get("city"), "en": english.get(zone, {}).get("city") or city.replace("_", " ")}
        for lang, name in names.items():
            if name and len(name.split()) <= 3 and not any(map(str.isdigit, name)):
                rows.add(f"place\t{lang}\t{name}\tCLDR")
    return sorted(rows)


def main() -> None:
    """Write the table anew."""
    lines = TARGET.read_text(encoding="utf-8").splitlines() if TARGET.exists() else []
    ours = [line for line in lines[1:] if not line.endswith("\tCLDR")]
    TARGET.write_text("\n".join([HEADER, *ours, *cldr_rows()]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    run(main)
