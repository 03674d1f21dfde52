"""Promises of `codefactory push`: all of an export in one commit, nothing else, and what is there loads by its name."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from codefactory.corpus.hub import push
from codefactory.errors import InputError
from tests.corpus.hub_server import TOKEN, Hub, serving
from tests.corpus.test_answers import exported, rows_of

pytest.importorskip("huggingface_hub", reason="the hub extra is not installed")
LOAD = """
import json, sys, datasets
rows = datasets.load_dataset(sys.argv[1], sys.argv[2], split="train")
print(json.dumps(list(rows)))
"""


@pytest.fixture
def hub() -> Iterator[Hub]:
    with serving() as hub:
        yield hub


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, hub: Hub) -> Hub:
    """The hub for this process: large files by LFS, as a hub without Xet has it."""
    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_DISABLE_XET", True)
    return hub


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return exported(tmp_path, "sft", "dpo", "problems", "records")


def _run(hub: Hub, tmp_path: Path, *words: str, token: str = TOKEN) -> subprocess.CompletedProcess[str]:
    """A process of its own: the library reads its address once, when it is imported."""
    environment = {
        "HF_ENDPOINT": hub.url,
        "HF_TOKEN": token,
        "HF_HOME": str(tmp_path / "hf"),
        "HF_HUB_DISABLE_XET": "1",
    }
    found = {**os.environ, **environment, "NO_PROXY": "127.0.0.1"}
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, timeout=240, env=found)


def test_an_export_is_pushed_whole_and_loads_by_its_name(hub: Hub, out: Path, tmp_path: Path) -> None:
    (out / "notes.txt").write_text("mine")
    done = _run(hub, tmp_path, "-m", "codefactory", "push", str(out), "me/rows", "--private")
    assert done.returncode == 0, done.stderr
    assert f"{hub.url}/datasets/me/rows" in done.stdout
    wanted = {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file() and path.name != "notes.txt"}
    assert hub.repositories["me/rows"] == {name: (out / name).read_bytes() for name in wanted}
    assert hub.private["me/rows"]
    assert len(hub.commits) == 1
    assert hub.by_lfs == {name for name in wanted if name.endswith(".parquet")}
    for form in ("sft", "dpo"):
        loaded = _run(hub, tmp_path, "-c", LOAD, "me/rows", form)
        assert loaded.returncode == 0, loaded.stderr[-2000:] + str(hub.unknown)
        assert json.loads(loaded.stdout.splitlines()[-1]) == rows_of(out, form)


def test_what_was_pushed_is_imported_from_the_hub_with_the_same_ids(hub: Hub, out: Path, tmp_path: Path) -> None:
    assert _run(hub, tmp_path, "-m", "codefactory", "push", str(out), "me/rows").returncode == 0
    words = ["hub:me/rows:records", "--out", str(tmp_path / "in"), "--decontaminate", "", "--set", "runner=process"]
    done = _run(hub, tmp_path, "-m", "codefactory", "import", *words)
    assert done.returncode == 0, done.stderr[-2000:]
    corpus = tmp_path.joinpath("in", "corpus", "records.jsonl").read_bytes()
    assert corpus == tmp_path.joinpath("corpus", "records.jsonl").read_bytes()


def test_pushing_again_changes_what_is_there(here: Hub, out: Path, tmp_path: Path) -> None:
    first = push(out, "me/rows")
    second = push(exported(tmp_path / "other", "sft", records=1), "me/rows", message="fewer")
    assert first.commit != second.commit
    assert second.configs == ("sft",)
    assert here.commits[-1]["summary"] == "fewer"


def test_no_shard_of_an_earlier_export_stays_to_be_read_with_the_new_ones(here: Hub, out: Path, tmp_path: Path) -> None:
    push(out, "me/rows")
    here.repositories["me/rows"]["data/sft/notes.txt"] = b"somebody's"
    other = exported(tmp_path / "other", "sft", records=1)
    push(other, "me/rows")
    wanted = {str(path.relative_to(other)) for path in other.rglob("*") if path.is_file()}
    assert set(here.repositories["me/rows"]) == wanted | {"data/sft/notes.txt"}


def test_what_the_hub_refuses_is_one_clear_line(hub: Hub, out: Path, tmp_path: Path) -> None:
    done = _run(hub, tmp_path, "-m", "codefactory", "push", str(out), "me/rows", token="hf_wrong")
    assert done.returncode == 3
    assert "set HF_TOKEN to a token that may" in done.stderr.splitlines()[-1]
    assert not hub.repositories


def test_a_server_that_fails_leaves_nothing_half_done(here: Hub, out: Path) -> None:
    here.failing = "/commit/"
    with pytest.raises(InputError, match=r"answered 500 .* nothing was published"):
        push(out, "me/rows")
    assert here.repositories["me/rows"] == {}


def test_only_whole_exports_are_pushed(hub: Hub, out: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="'codefactory export' writes one"):
        push(tmp_path / "corpus", "me/rows")
    with pytest.raises(InputError, match="is OWNER/NAME"):
        push(out, "rows")
    (out / "jsonl" / "sft" / "train.jsonl").write_text("{}\n")
    with pytest.raises(InputError, match=r"train\.jsonl was changed after it was exported"):
        push(out, "me/rows")
    (out / "jsonl" / "sft" / "train.jsonl").unlink()
    with pytest.raises(InputError, match=r"train\.jsonl is missing"):
        push(out, "me/rows")


def test_no_hub_at_all_is_one_clear_line(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as gone:
        monkeypatch.setenv("HF_ENDPOINT", gone.url)
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    with pytest.raises(InputError, match="cannot be reached"):
        push(out, "me/rows")
