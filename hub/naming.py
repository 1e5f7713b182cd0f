"""What a published version is called and what its commit says."""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from tithi.corpus.columns import COLUMNS
from tithi.corpus.folder import Marker
from tithi.errors import UsageError
from tithi.hub.changeset import CARD, Changeset, LocalFile
from tithi.hub.repository import Hub, Remote

__all__ = ["message_of", "tag_of"]


def tag_of(repo: str, tag: str | None, remote: Remote | None, plan: Changeset) -> str:
    """Return the tag to set, or the one that this very dataset has.

    Raises:
        UsageError: `tag` names another commit.
    """
    taken = remote.tags if remote is not None else {}
    head = remote.commit if remote is not None and not plan else None
    if tag is not None:
        if tag in taken and taken[tag] != head:
            raise UsageError(f"{repo}: the tag must be new; got {tag}, which names another commit; choose another")
        return tag
    if mine := sorted(name for name, commit in taken.items() if commit == head):
        return mine[-1]
    day = f"v{datetime.now(UTC):%Y.%m.%d}"
    names = [day, *(f"{day}.{number}" for number in range(1, len(taken) + 1))]
    return next(name for name in names if name not in taken)


def message_of(
    hub: Hub, marker: Marker, files: Mapping[str, LocalFile], remote: Remote | None, published: Mapping[str, str]
) -> str:
    """Return the version and the rows by config, with how many more or fewer than tithi published last."""
    mine = _rows(files[CARD].content()) if CARD in files else {}
    theirs: Mapping[str, int] = {}
    if remote is not None and CARD in remote.files and CARD in published:
        card = hub.read(CARD, remote.commit)
        if sha256(card).hexdigest() == published[CARD]:
            theirs = _rows(card)
    told = []
    for config in COLUMNS:
        if config in mine or config in theirs:
            count = mine.get(config, 0)
            change = f" ({count - theirs.get(config, 0):+,})" if theirs else ""
            told.append(f"{count:,} {config}{change}")
    return f"Dataset {marker.version}: {', '.join(told)}"


def _rows(card: bytes) -> dict[str, int]:
    """Return the rows of each config as a card of ours tells them."""
    from huggingface_hub import RepoCard

    infos: Any = RepoCard(card.decode("utf-8")).data["dataset_info"]
    return {str(info["config_name"]): sum(int(split["num_examples"]) for split in info["splits"]) for info in infos}
