"""The parts of a card that give evidence: verification, calibration, contamination, splits, and the run file.

Every figure was counted while the corpus was selected and lies in `corpus.json`; what is not there is not said.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from codefactory.corpus.markdown import inline, table
from codefactory.corpus.store import Corpus, counts
from codefactory.languages import LANGUAGES
from codefactory.languages.native import HEADER

# What has a section of its own and no line in the card's list of what made the corpus.
OWN_SECTION = ("evidence", "calibration", "benchmark_tasks", "run_file", "prompt_files")


def native_tests(corpus: Corpus) -> Iterator[str]:
    """How rows in other languages than Python are executed; nothing where there are none."""
    found = {
        name: LANGUAGES.load(name) for name in counts(record.problem.language for record in corpus.records) if name
    }
    rows = [(name, f"`<entry_point>{one.suffix}`", one.about) for name, one in found.items() if one.notation]
    if not rows:
        return
    yield (
        "In other languages than Python the program is `prompt` and `canonical_solution` together, in a file of the "
        "name below; `test` (`problems`) is a file for the language's own test framework, to lie beside it, and each "
        f"of `tests` (`grpo`) is such a file with one test. `{HEADER}NAME` begins each file where a text holds several."
    )
    yield table(("language", "program", "tests"), rows)


def verification(corpus: Corpus) -> str:
    """What was executed and how it ended; how thorough the kept suites are, as far as that was measured."""
    found: dict[str, Any] = corpus.about.get("evidence") or {}
    if not found.get("executed"):
        return "Nothing about execution is recorded with this corpus."
    ended = ", ".join(f"{count:,} {status}" for status, count in found["solutions"].items())
    rows = [
        ("candidates", f"{found['drafts']:,}, of which {found['executed']:,} could be executed"),
        ("executions", f"{found['executions']:,}, {found['sandbox_cpu_s']:,} CPU seconds in the sandbox"),
        ("solutions", ended),
        ("assurance", ", ".join(f"{count:,} {kind}" for kind, count in found["assurance"].items())),
        ("images", ", ".join(f"`{image or 'none'}`" for image in found["images"])),
        ("candidates whose tests a stub passes", f"{found['stubs_passed']:,}"),
        (
            "run a second time",
            f"{found['second_runs']:,}, of which {found['changed_in_a_second_run']:,} ended otherwise",
        ),
        ("answers that kept tests refuse", f"{found['refused_answers']:,}"),
        ("answers that they neither refuse nor accept", f"{found['undecided_answers']:,}"),
    ]
    text = table(("what", "how many"), rows)
    shares = found.get("kept_shares") or {}
    if not shares:
        return f"{text}\n\nNeither mutation score nor coverage of the kept tests was measured."
    lines = [
        (name, f"{one['measured']:,}", f"{one['mean']:.3f}", f"{one['least']:.3f}") for name, one in shares.items()
    ]
    head = ("of what the policy kept", "measured", "mean", "least")
    return f"{text}\n\n{table(head, lines)}\n\nBefore filters. What is not named was not measured."


def calibration(corpus: Corpus) -> str:
    """What the column `probability` goes by."""
    known: dict[str, Any] = corpus.about.get("calibration") or {}
    if not known:
        return "The rows have no probability of being right."
    return (
        f"`probability` is a fitted estimate of a row's being right, from {known['tasks']:,} tasks of known truth "
        f"({inline(known['source'])}); its expected calibration error there, tasks left out, is {known['error']:.3f}. "
        "How far it carries over to other writers and problems is not known."
    )


def contamination(corpus: Corpus) -> str:
    """What the rows were compared with, what was dropped, and what it matched."""
    against = corpus.about.get("decontaminated_against") or []
    reasons: dict[str, int] = corpus.funnel.get("reasons", {})
    found = {slug: count for slug, count in reasons.items() if slug.startswith("contaminated_")}
    if not found:
        return "The rows were not compared with any benchmark."
    sizes: dict[str, int] = corpus.about.get("benchmark_tasks") or {}
    names = (f"{inline(name)} ({sizes[name]:,} tasks)" if name in sizes else inline(name) for name in against)
    named = f"Compared with {', '.join(names)}. " if against else ""
    python = all(record.problem.language == "python" for record in corpus.records)
    dropped = ", ".join(f"{count:,} {slug.removeprefix('contaminated_')}" for slug, count in found.items())
    text = (
        f"{named}Dropped for a match in {dropped}. Solutions are compared by syntax tree without names"
        f"{'' if python else ' (in other languages than Python: by their tokens)'}, statements by word 5-grams, tests "
        "by arguments and expected value."
    )
    rows = list(_matches(corpus.funnel, found))
    return f"{text}\n\n{table(('dropped row', 'for', 'matched'), rows)}" if rows else text


def _matches(funnel: dict[str, Any], found: dict[str, int]) -> Iterator[tuple[str, str, str]]:
    for slug in found:
        for one in funnel.get("examples", {}).get(slug, []):
            yield f"`{one['record_id'][:12]}`", slug, inline(one["detail"])[:160]


def splits(corpus: Corpus) -> str:
    """Rows, problems and families of each split."""
    rows = []
    for split in dict.fromkeys(record.split or "train" for record in corpus.records):
        members = [record for record in corpus.records if (record.split or "train") == split]
        problems = len({record.draft_id or record.problem.id for record in members})
        known = {record.meta["family"] for record in members if "family" in record.meta}
        rows.append((split, f"{len(members):,}", f"{problems:,}", f"{len(known):,}" if known else "not asked for"))
    text = table(("split", "rows", "problems", "families"), rows)
    if all(row[3] == "not asked for" for row in rows):
        return text
    return (
        f"{text}\n\nRows of one draft, with nearly the same statement, or with nearly the same program are one family, "
        "and a family is in one split."
    )


def prompts(corpus: Corpus) -> str:
    """The hashes of what the model was asked in."""
    known: dict[str, str] = corpus.about.get("prompt_files") or {}
    if not known:
        return "The single prompts' hashes are not recorded; `prompts` above is the hash of all of them."
    return table(("prompt", "SHA-256, first 16 digits"), [(name, f"`{digest}`") for name, digest in known.items()])


def run_file(corpus: Corpus) -> str:
    """The configuration that this was made with, without the paths and addresses of the machine."""
    known = corpus.about.get("run_file")
    if not known:
        return "No run file made this corpus."
    return f"```yaml\n{yaml.safe_dump(known, sort_keys=False, allow_unicode=True).rstrip()}\n```"
