"""The dataset card: README.md with YAML that `datasets` and the Hub read, and Markdown that people read.

Every figure and column comes from the data.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version as installed
from typing import Any, Final

from tithi.corpus.columns import COLUMNS, Kind
from tithi.corpus.dropped import FIGURES, dropped
from tithi.corpus.markdown import counted, escaped, flat, literal, one_line, table, words
from tithi.corpus.metadata import metadata
from tithi.corpus.origins import Sources
from tithi.corpus.shards import SplitSize
from tithi.corpus.splits import Split, Splits
from tithi.corpus.tally import Chart
from tithi.records import Source

__all__ = ["CardFacts", "origin", "render_card", "repointed"]

_LOADED: Final = re.compile(r'load_dataset\("(?:[^"\\]|\\.)*"')


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What the card tells. `load_name` is what `load_dataset` is given, the folder's name; no path of the builder's.

    `given`: the pairs came aligned, as a bitext.
    """

    load_name: str
    given: bool
    version: str
    sizes: Mapping[str, Mapping[Split, SplitSize]]
    splits: Splits
    settings: Mapping[str, object]
    signature: str
    metrics: Mapping[str, Any]
    sources: Sources
    charts: Sequence[Chart]
    rejects: int
    left_out: int


def render_card(facts: CardFacts) -> str:
    """Return the whole README.md."""
    blocks = [
        "# Hindi–English parallel articles",
        f"{origin(facts.given)}: {counted(facts.sources.pairs, 'article pair')},"
        f" {counted(_rows(facts, 'sentences'), 'sentence pair')}. What has no counterpart is kept in `unaligned`.",
        *_loading(facts),
        *_counts(facts),
        *_charts(facts.charts),
        *_columns(),
        *_alignment(facts),
        *dropped(facts.metrics, escaped),
        *_figures({name: figures for name, figures in facts.metrics.items() if name != FIGURES}),
        *_sources(facts.sources),
        *_limits(facts),
    ]
    return f"---\n{metadata(facts.version, facts.sizes, facts.sources.licence)}\n---\n\n" + "\n\n".join(blocks) + "\n"


def repointed(card: str, name: str) -> str:
    """Return a card whose loading snippet loads `name`, for example a repository instead of a local folder."""
    return _LOADED.sub(lambda _: f"load_dataset({literal(name)}", card)


def origin(given: bool) -> str:
    """Return what the dataset is, in the words of a sentence; `given`: its pairs came aligned."""
    if given:
        return "Sentence pairs of existing bitexts, checked one by one, in stretches that are called articles here"
    return "Articles that exist in both languages, cut into dated segments and aligned sentence by sentence"


def _loading(facts: CardFacts) -> Iterator[str]:
    yield "## Loading"
    name = literal(facts.load_name)
    pairs = f'pairs = load_dataset({name}, split="train")\nprint(pairs[:3]["translation"])'
    articles = f'articles = load_dataset({name}, "articles", split="train")\nprint(articles[:3]["id"])'
    yield f"```python\nfrom datasets import load_dataset\n\n{pairs if facts.sizes['sentences'] else articles}\n```"
    others = ", ".join(f"`{config}`" for config in list(COLUMNS)[1:])
    yield (
        f"`sentences` is the default config; give {others} as the second argument for the others."
        " A split without rows has no files and cannot be loaded; an `unaligned` without any row has an empty `train`,"
        " which `datasets` opens with `streaming=True` alone."
    )


def _counts(facts: CardFacts) -> Iterator[str]:
    yield "## Size and splits"
    names = facts.splits.names
    empty = SplitSize(0, 0, 0)
    body = [
        [f"`{config}`", *(f"{sizes.get(name, empty).rows:,}" for name in names)]
        for config, sizes in facts.sizes.items()
    ]
    yield table(["config", *names], body)
    if facts.splits.reason is None:
        yield "Articles, not sentences, are split: 90 % train, 5 % validation, 5 % test by a hash of the article's id."
    else:
        yield f"There is `train` alone: {facts.splits.reason}."
    yield (
        "Articles share a split when they are near-duplicates (word trigrams, estimated Jaccard index of at least .5 in"
        " either language) or share more than half of the sentences of one of them:"
        f" {counted(facts.splits.near_duplicates, 'article')} joined to an earlier one. No sentence of a pair of"
        " `validation` or `test`, in either language, stands in a pair of `train`, nor one of `test` in `validation`:"
        f" {counted(facts.left_out, 'pair')} left out for that, in `unaligned` with the reason. Sentences are compared"
        " without case, punctuation and joiners. `articles` and `segments` hold the whole texts."
    )


def _charts(charts: Sequence[Chart]) -> Iterator[str]:
    if charts:
        yield "## Charts"
    for chart in charts:
        yield f"![{chart.title}]({chart.file})"
        body = [[escaped(label), f"{count:,}"] for label, count in chart.counts]
        yield table([chart.label, "pairs"], body)


def _columns() -> Iterator[str]:
    yield "## Columns"
    for config, columns in COLUMNS.items():
        yield f"### `{config}`"
        yield table(
            ["column", "type", "what it holds"],
            [[f"`{column.name}`", f"`{_type(column.kind)}`", column.about] for column in columns],
        )


def _alignment(facts: CardFacts) -> Iterator[str]:
    yield "## How it was aligned"
    if facts.given:
        yield (
            "The pairs came aligned and are kept as they were; pairs that follow one another were put together into"
            " articles, so that neighbours share a split. Exact repetitions were left out."
        )
    else:
        yield (
            "Both articles were cut into segments at their dates, and into sentences. Segments were paired by date and"
            " content, and the sentences within them joined into m-n beads."
        )
    versions = {name: installed(name) for name in ("tithi", "datasets", "pyarrow")}
    rows = [["dataset version", facts.version], *([name, value] for name, value in versions.items())]
    rows += [[escaped(str(key)), escaped(str(value))] for key, value in facts.settings.items()]
    yield table(["what", "value"], rows)
    yield f"Signature: `{one_line(facts.signature).replace('`', '')}`"


def _figures(metrics: Mapping[str, Any]) -> Iterator[str]:
    yield "## Figures"
    if not metrics:
        yield "None were computed."
        return
    loose = {key: value for key, value in metrics.items() if not isinstance(value, Mapping)}
    if loose:
        yield table(["figure", "value"], flat(loose))
    for key, value in metrics.items():
        if isinstance(value, Mapping):
            yield f"### {escaped(words(key))}"
            yield table(["figure", "value"], flat(value)) if value else "None."
    yield "The same figures are in `metrics.json`."


def _sources(sources: Sources) -> Iterator[str]:
    yield "## Sources and rights"
    if sources.licence is not None:
        yield f"Every article states the same licence: {escaped(sources.licence)}."
    elif sources.unstated == 2 * sources.pairs:
        yield "The rights of every article are unknown: no licence was stated. Ask the publishers before passing it on."
    elif sources.unstated:
        yield (
            f"The rights of {sources.unstated:,} of {2 * sources.pairs:,} articles are unknown: no licence was stated."
            " The others state those below."
        )
    else:
        yield "Every article states a licence; they differ."
    body = [
        [_known(origin.publisher), _known(origin.licence), f"{count:,}"]
        for origin, count in sorted(
            sources.origins.items(), key=lambda item: (-item[1], item[0].publisher or "", item[0].licence or "")
        )
    ]
    if sources.others:
        body.append(["others, see `articles`", "see `articles`", f"{sources.others:,}"])
    yield table(["publisher", "licence", "articles, both languages counted"], body)
    listed = [[escaped(article_id), _told(hi), _told(en)] for article_id, hi, en in sources.listed]
    yield table(["article", "Hindi", "English"], listed)
    if sources.pairs > len(sources.listed):
        yield f"These are the first {len(sources.listed)} of {sources.pairs:,}; the config `articles` tells of all."


def _limits(facts: CardFacts) -> Iterator[str]:
    yield "## Known limits"
    limits = [
        "The alignment is that of the bitexts; `score` repeats `quality`."
        if facts.given
        else "The alignment is automatic; `score` says how sure it is of a pair.",
        "That two texts belong together does not make them a faithful translation: editors shorten and add."
        " `quality` and `issues` tell where that was checked; null means that it was not.",
        "Dates are those that the articles name for their segments, which need not be the date of publication.",
        "The texts are published as they were read, with their spelling, line breaks and joiners; for comparing,"
        " normalise a copy (NFC).",
    ]
    if facts.rejects:
        limits.append(
            f"Not built: {counted(facts.rejects, 'listed article pair')}; `rejects.jsonl` gives the reasons, and stays"
            " with the builder when this is published."
        )
    yield "\n".join(f"- {limit}" for limit in limits)


def _rows(facts: CardFacts, config: str) -> int:
    return sum(size.rows for size in facts.sizes[config].values())


def _known(value: str | None) -> str:
    return "unknown" if value is None else escaped(value)


def _told(source: Source) -> str:
    """Return what is known of one article, for a table cell."""
    known = [source.title, source.publisher, source.published, source.url, source.licence]
    return ", ".join(escaped(value) for value in known if value) or "unknown"


def _type(kind: Kind) -> str:
    if isinstance(kind, list):
        return f"[{_type(kind[0])}]"
    if isinstance(kind, dict):
        return "{" + ", ".join(f"{name}: {_type(member)}" for name, member in kind.items()) + "}"
    return kind
