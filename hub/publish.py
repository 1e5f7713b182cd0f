"""A built dataset onto the Hub: what differs from the repository goes there, in one commit, under a tag.

    publish("out", "asha/lake-corpus")            # private
    load_dataset("asha/lake-corpus", split="train", revision="v2026.11.22")

Publishing is a comparison: each file of OUT against the newest commit, by digest. So a second run after a failure sends
what is missing and nothing twice, and a run with nothing new makes no commit. Nobody's work is written over: what was
changed on the Hub since tithi published is noticed, and the commit is made on the very commit that was compared.
The card that goes there loads the repository instead of the local folder, and `rejects.jsonl` stays here: its reasons
name files of the builder's machine. Nothing else is rewritten.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from tithi.corpus.folder import changes, read_marker
from tithi.corpus.stored import stored_rows
from tithi.errors import DataError, UsageError
from tithi.hub.changeset import Changeset, LocalFile, changeset, foreign, local_files, published_files
from tithi.hub.naming import message_of, tag_of
from tithi.hub.repository import Hub, Remote, UnreachableError

__all__ = ["Publication", "Release", "publish"]

_TAG: Final = re.compile(r"(?!main$)[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?!\.|$)){0,99}")
_UNSTATED: Final = frozenset(("", "unknown", "none", "n/a", "-", "?"))
_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Release:
    """How a dataset is published.

    `public` lets everybody read it: every article must then state a licence, and a repository that is there must be
    public already. `force` replaces files that tithi did not publish, or that were changed on the Hub since. `tag` is
    the version's name; None: `v2026.11.22` by the day (UTC), with `.1` and so on when that is taken. `message` is the
    commit's; None: the version and the rows by config, with how many more or fewer.
    """

    public: bool = False
    force: bool = False
    tag: str | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """What was published, or (`commit` None) would be.

    `sent` has the size in bytes of each file that travels, `held` the files whose content is in the repository under
    another name and does not travel, `removed` the files that go; all are empty when it already held this dataset.
    `created`: the repository was made for it. `anonymous`: there was no token, so that a private repository could not
    be seen. `unseen` is why a dry run could not look at the repository; all is told as if there were none.
    """

    repo: str
    url: str
    commit: str | None
    tag: str
    message: str
    created: bool
    sent: Mapping[str, int]
    held: tuple[str, ...]
    removed: tuple[str, ...]
    anonymous: bool = False
    unseen: str | None = None


def publish(
    out: str | Path, repo: str, release: Release | None = None, *, dry_run: bool = False, token: str | None = None
) -> Publication:
    """Make a dataset repository on the Hub hold what `out` holds.

    Args:
        out: The dataset folder, as it was built.
        repo: The repository, `user/name`; it is made if there is none.
        release: How it is published; None: privately, under a tag of the day.
        dry_run: Compare and check everything, change nothing; needs no token, and tells what it can without a network.
        token: An access token; None: the one of `HF_TOKEN` or of `hf auth login`.

    Raises:
        UsageError: `repo` or the tag is no such name or the tag is taken, there is no token, or `public` does not fit.
        DataError: `out` was not built by tithi or has changed since, a source states no rights (`public`), the
            repository was changed by others, or the Hub cannot be reached or refuses. The repository is then as it was.
    """
    release = release or Release()
    tag, public = release.tag, release.public
    marker = read_marker(out)
    if changed := changes(out):
        raise DataError(f"{out}: must be as it was built; got {_some(changed)}; build the dataset again")
    if tag is not None and not _TAG.fullmatch(tag):
        raise UsageError(f"{tag!r}: a tag must be letters, digits, . _ -, such as v2026.11.22; choose another")
    if public:
        _check_rights(out)
    hub = Hub(repo, token, reading=dry_run)
    files = local_files(Path(out), marker, repo, hub.url)
    remote, unseen = _look(hub, dry_run=dry_run)
    published: Mapping[str, str] = {}
    if remote is not None:
        _check_visibility(repo, remote, public=public)
        published = published_files(hub, remote)
        if not release.force and (theirs := foreign(hub, remote, published, files)):
            raise DataError(
                f"{repo}: must hold only what tithi published; got {_some(theirs)}; take that over, or replace it with"
                " --force"
            )
    plan = changeset(files, remote, published)
    name = tag_of(repo, tag, remote, plan)
    told = release.message or message_of(hub, marker, files, remote, published)
    held = tuple(path for path, file in plan.added.items() if remote is not None and remote.holds(file.sha256))
    sent = {path: file.size for path, file in plan.added.items() if path not in held}
    made = Publication(repo, hub.url, None, name, told, remote is None, sent, held, plan.removed, hub.anonymous, unseen)
    if dry_run:
        return made
    if remote is None:
        hub.create(private=not public)
        with _telling_of_an_empty_repository(repo):
            commit = _commit(hub, plan, _seen(hub), files, told)
    else:
        commit = _commit(hub, plan, remote, files, told) if plan else remote.commit
    if remote is None or name not in remote.tags:
        hub.tag(name, commit)
    return replace(made, commit=commit)


def _look(hub: Hub, *, dry_run: bool) -> tuple[Remote | None, str | None]:
    """Return the repository as it stands, and why it cannot be seen where that is no hindrance."""
    try:
        return hub.look(), None
    except UnreachableError as error:
        if not dry_run:
            raise
        return None, str(error)


def _check_rights(out: str | Path) -> None:
    """Raise `DataError` unless both sides of every article state a licence."""
    unstated: list[str] = []
    articles = 0
    for row in stored_rows(out, "articles", columns=("id", "hi_source", "en_source")):
        articles += 1
        licences = {side: row[f"{side}_source"]["licence"] for side in ("hi", "en")}
        silent = [side for side, licence in licences.items() if (licence or "").strip().lower() in _UNSTATED]
        if silent:
            unstated.append(f"{row['id']} ({', '.join(silent)})")
    if unstated:
        raise DataError(
            f"{out}: a public dataset needs the licence of every article; got none for {len(unstated)} of {articles}:"
            f" {_some(unstated)}; state them where the articles are listed, or publish privately"
        )


def _check_visibility(repo: str, remote: Remote, *, public: bool) -> None:
    if public and remote.private:
        raise UsageError(
            f"{repo}: is private, and what it held before would become public too; make it public in its settings"
            " first, or leave out --public"
        )
    if not public and not remote.private:
        raise UsageError(f"{repo}: is public; publish with --public, or make it private in its settings first")


def _commit(hub: Hub, plan: Changeset, remote: Remote, files: Mapping[str, LocalFile], message: str) -> str:
    """Commit, and make sure that the repository holds the dataset then."""
    listed = {"Added or changed": sorted(plan.added), "Removed": plan.removed}
    description = "\n\n".join(
        f"{what}:\n" + "\n".join(f"- {name}" for name in names) for what, names in listed.items() if names
    )
    try:
        commit = hub.commit(
            {name: file.data for name, file in plan.added.items()}, plan.removed, remote.commit, message, description
        )
    except UnreachableError as lost:
        # The answer may be lost and the commit made: the repository knows.
        with suppress(DataError):
            now = _seen(hub)
            if now.commit != remote.commit and not changeset(files, now, {}):
                return now.commit
        raise lost from None
    if missing := changeset(files, _seen(hub), {}).added:
        raise DataError(
            f"{hub.repo}: was published without {_some(sorted(missing))}; got a commit that leaves it out, is it in the"
            " repository's .gitignore?; correct that and publish again"
        )
    return commit


@contextmanager
def _telling_of_an_empty_repository(repo: str) -> Iterator[None]:
    """Add to an error that the repository was made before; nothing is deleted, others may use it by now."""
    try:
        yield
    except DataError as error:
        raise type(error)(
            f"{error}; {repo} was made before that and may be empty: publishing again fills it, or delete it in its"
            " settings"
        ) from None


def _seen(hub: Hub) -> Remote:
    remote = hub.look()
    if remote is None:
        raise DataError(f"{hub.repo}: must be there by now; got no such repository; publish again")
    return remote


def _some(items: Sequence[str]) -> str:
    """Return the first of a list and how many more there are."""
    more = len(items) - _NAMED
    return ", ".join(items[:_NAMED]) + (f" and {more} more" if more > 0 else "")
