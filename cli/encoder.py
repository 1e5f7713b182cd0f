"""`tithi encode`, `tithi words`, `tithi train-encoder`: the encoder on its own."""

import argparse

__all__ = ["add"]


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    del commands
