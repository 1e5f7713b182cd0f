"""`python -m tithi` is the command `tithi`."""

import sys

from tithi.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
