"""The dataset card: README.md with YAML that `datasets` and the Hub read, and Markdown that people read.

Every figure and column comes from the data. What sources say of themselves (titles, publishers, rights) is untrusted:
it is escaped, put on one line and cut.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version as installed
from typing import Any, Final

from tithi.corpus.dropped import FIGURES, dropped
from tithi.corpus.origins import Sources
from tithi.corpus.rows import COLUMNS, Kind
from tithi.corpus.shards import SplitSize
from tithi.corpus.splits import Split, Splits
from tithi.records import Source

__all__ = ["CardFacts", "escaped", "render_card", "repointed"]

_HUB_LICENCE: Final = re.compile(
    r"apache-2\.0|mit|cc0-1\.0|cc-by(-nc)?(-sa)?-[34]\.0|cc-by(-nc)?-nd-4\.0|cdla-(sharing|permissive)-1\.0"
    r"|odc-by|odbl|pddl|gfdl|unlicense"
)
_MARKUP: Final = re.compile(r"([\\`*_{}\[\]|~$@])")
_UNSEEN: Final = re.compile("[\x00-\x20\x7f-\xa0\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+")
_LOADED: Final = re.compile(r'load_dataset\("(?:[^"\\]|\\.)*"')
_SIZES: Final = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What the card tells. `load_name` is what `load_dataset` is given, the folder's name; no path of the builder's.

    `given`: the pairs came aligned, as a bitext.
    """

    load_name: str
    given: bool
    version: str
    features: Mapping[str, Any]
    sizes: Mapping[str, Mapping[Split, SplitSize]]
    splits: Splits
    settings: Mapping[str, object]
    signature: str
    metrics: Mapping[str, Any]
    sources: Sources
    rejects: int
    left_out: int


def render_card(facts: CardFacts) -> str:
    """Return the whole README.md."""
    blocks = [
        "# Hindi–English parallel articles",
        f"{_origin(facts)}: {_count(facts.sources.pairs, 'article pair')},"
        f" {_count(_rows(facts, 'sentences'), 'sentence pair')}. What has no counterpart is kept in `unaligned`.",
        *_loading(facts),
        *_counts(facts),
        *_columns(),
        *_alignment(facts),
        *dropped(facts.metrics, escaped),
        *_figures({name: figures for name, figures in facts.metrics.items() if name != FIGURES}),
        *_sources(facts.sources),
        *_limits(facts),
    ]
    return f"---\n{_yaml(facts)}\n---\n\n" + "\n\n".join(blocks) + "\n"


def escaped(text: str, limit: int = 160) -> str:
    """Return untrusted text as Markdown that shows it literally, on one line, cut to `limit` characters.

    Blanks, control characters and direction marks become one blank; joiners (ZWJ, ZWNJ) stay, Hindi needs them.
    """
    line = _UNSEEN.sub(" ", text).strip()
    if len(line) > limit:
        line = line[: limit - 1] + "…"
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKUP.sub(r"\\\1", line)


def repointed(card: str, name: str) -> str:
    """Return a card whose loading snippet loads `name`, for example a repository instead of a local folder."""
    return _LOADED.sub(lambda _: f"load_dataset({_literal(name)}", card)


def _yaml(facts: CardFacts) -> str:
    """Return the metadata block; the version in both places makes `datasets` notice rewritten files."""
    from datasets import DatasetInfo, SplitDict, SplitInfo
    from datasets.info import DatasetInfosDict
    from huggingface_hub import DatasetCardData

    filled = {config: sizes for config, sizes in facts.sizes.items() if sizes}
    infos = DatasetInfosDict()
    for config, sizes in filled.items():
        splits = {name: SplitInfo(name, num_bytes=size.bytes, num_examples=size.rows) for name, size in sizes.items()}
        infos[config] = DatasetInfo(
            features=facts.features[config],
            splits=SplitDict(splits),
            download_size=sum(size.file_bytes for size in sizes.values()),
            dataset_size=sum(size.bytes for size in sizes.values()),
        )
    pairs = _rows(facts, "sentences")
    data = DatasetCardData(
        language=["hi", "en"],
        license=_hub_licence(facts.sources.licence),
        multilinguality=["translation"],
        size_categories=[next((name for limit, name in _SIZES if pairs < limit), "n>1M")],
        task_categories=["translation"],
        pretty_name="Hindi-English parallel articles",
        tags=["parallel-corpus", "sentence-alignment", "tithi"],
    )
    infos.to_dataset_card_data(data)
    for info in data["dataset_info"]:
        info["version"] = facts.version
    data["configs"] = [
        {
            "config_name": config,
            "version": facts.version,
            **({"default": True} if config == next(iter(COLUMNS)) else {}),
            "data_files": [{"split": name, "path": f"data/{config}/{name}-*.parquet"} for name in sizes],
        }
        for config, sizes in filled.items()
    ]
    return str(data.to_yaml())


def _origin(facts: CardFacts) -> str:
    if facts.given:
        return "Sentence pairs of existing bitexts, checked one by one, in stretches that are called articles here"
    return "Articles that exist in both languages, cut into dated segments and aligned sentence by sentence"


def _loading(facts: CardFacts) -> Iterator[str]:
    yield "## Loading"
    name = _literal(facts.load_name)
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
    yield _table(["config", *names], body)
    if facts.splits.reason is None:
        yield "Articles, not sentences, are split: 90 % train, 5 % validation, 5 % test by a hash of the article's id."
    else:
        yield f"There is `train` alone: {facts.splits.reason}."
    yield (
        "Articles share a split when they are near-duplicates (word trigrams, estimated Jaccard index of at least .5 in"
        " either language) or share more than half of the sentences of one of them:"
        f" {_count(facts.splits.near_duplicates, 'article')} joined to an earlier one. No sentence of a pair of"
        " `validation` or `test`, in either language, stands in a pair of `train`, nor one of `test` in `validation`:"
        f" {_count(facts.left_out, 'pair')} left out for that, in `unaligned` with the reason. Sentences are compared"
        " without case, punctuation and joiners. `articles` and `segments` hold the whole texts."
    )


def _columns() -> Iterator[str]:
    yield "## Columns"
    for config, columns in COLUMNS.items():
        yield f"### `{config}`"
        yield _table(
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
    yield _table(["what", "value"], rows)
    yield f"Signature: `{_UNSEEN.sub(' ', facts.signature).replace('`', '')}`"


def _figures(metrics: Mapping[str, Any]) -> Iterator[str]:
    yield "## Figures"
    if not metrics:
        yield "None were computed."
        return
    loose = {key: value for key, value in metrics.items() if not isinstance(value, Mapping)}
    if loose:
        yield _table(["figure", "value"], _flat(loose))
    for key, value in metrics.items():
        if isinstance(value, Mapping):
            yield f"### {escaped(_words(key))}"
            yield _table(["figure", "value"], _flat(value)) if value else "None."
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
    yield _table(["publisher", "licence", "articles, both languages counted"], body)
    listed = [[escaped(article_id), _told(hi), _told(en)] for article_id, hi, en in sources.listed]
    yield _table(["article", "Hindi", "English"], listed)
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
            f"Not built: {_count(facts.rejects, 'listed article pair')}; `rejects.jsonl` gives the reasons, and stays"
            " with the builder when this is published."
        )
    yield "\n".join(f"- {limit}" for limit in limits)


def _rows(facts: CardFacts, config: str) -> int:
    return sum(size.rows for size in facts.sizes[config].values())


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _hub_licence(licence: str | None) -> str:
    """Return the Hub's name of a licence: `unknown` if none is common to all, `other` if the Hub has no name for it."""
    if licence is None:
        return "unknown"
    name = re.sub(r"\s+", "-", licence.strip().lower())
    return name if _HUB_LICENCE.fullmatch(name) else "other"


def _flat(figures: Mapping[str, Any], above: str = "") -> list[list[str]]:
    """Return nested figures as rows of name and value; numbers with up to four decimals."""
    rows: list[list[str]] = []
    for key, value in figures.items():
        name = f"{above} › {_words(key)}" if above else _words(key)
        if isinstance(value, Mapping):
            rows.extend(_flat(value, name))
        else:
            rows.append([escaped(name), _figure(value)])
    return rows


def _figure(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    if isinstance(value, list):
        return ", ".join(map(_figure, value))
    return "–" if value is None else escaped(str(value), 400)


def _words(key: object) -> str:
    return str(key).replace("_", " ")


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


def _table(head: Iterable[str], body: Iterable[Iterable[str]]) -> str:
    head = list(head)
    lines = [head, ["---"] * len(head), *body]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _literal(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
