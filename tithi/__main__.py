"""The command `tithi`, and `python -m tithi`: stopped by Ctrl-C while it is still loaded, it says so in a line too."""

import sys


def main() -> int:
    """Run the command and return its exit code."""
    try:
        from tithi.cli.main import main as run

        return run()
    except KeyboardInterrupt:
        print("tithi: stopped", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
