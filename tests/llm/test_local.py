"""The local backend with a real, random model: right logits, the same text in any company, clear errors."""

from __future__ import annotations

import asyncio
import random
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from codefactory.config import LlmConfig
from codefactory.errors import BackendError
from codefactory.llm import checkpoint
from codefactory.llm.base import open_backend
from codefactory.llm.local import LocalBackend
from codefactory.types import Completion, Request
from tests.llm.conformance import ModelConformance, ask

torch = pytest.importorskip("torch", reason="needs torch: pip install 'codefactory[train]'")
pytest.importorskip("transformers", reason="needs transformers: pip install 'codefactory[train]'")

from codefactory.llm.generic import GenericEngine  # noqa: E402
from codefactory.llm.llama import LlamaEngine  # noqa: E402
from tests.llm.tiny import build_model  # noqa: E402

FAST = {"fast": True, "generic": False}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_model(tmp_path_factory.mktemp("models") / "tiny")


def config(folder: Path, **changes: object) -> LlmConfig:
    return LlmConfig.model_validate({"backend": "local", "model": str(folder), "batch": 32, **changes})


@pytest.fixture(scope="module")
def model(folder: Path) -> Any:
    return checkpoint.load(folder, "cpu")[0]


@pytest.fixture(params=FAST)
async def backend(request: pytest.FixtureRequest, folder: Path) -> AsyncIterator[LocalBackend]:
    backend = await asyncio.to_thread(LocalBackend, config(folder), fast=FAST[request.param])
    yield backend
    await backend.close()


class TestConformance(ModelConformance):
    @pytest.fixture
    def backend(self, backend: LocalBackend) -> LocalBackend:
        return backend


@pytest.fixture
def one_thread() -> Iterator[None]:
    """As in a worker of a small model; also much faster than two threads on a machine that is busy otherwise."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def prompts(*lengths: int) -> list[list[int]]:
    numbers = random.Random(0)
    return [[numbers.randrange(4, 250) for _ in range(length)] for length in lengths]


@torch.inference_mode()
def test_logits_are_those_of_transformers(model: Any, one_thread: None) -> None:
    """Through prefill, steps of two cohorts, rows that leave, and a merge."""
    fast, plain = LlamaEngine(model, 8), GenericEngine(model, 8)
    caches, plain_caches = [], []
    for lengths in ((3, 17, 40, 64), (33, 5)):
        cache, logits = fast.prefill(prompts(*lengths))
        plain_cache, expected = plain.prefill(prompts(*lengths))
        torch.testing.assert_close(logits, expected, atol=1e-4, rtol=1e-4)
        caches.append(cache)
        plain_caches.append(plain_cache)
    for step in range(60):
        if step == 20:
            caches[0].keep([0, 3, 2])
            plain_caches[0].keep([0, 3, 2])
        if step == 40:
            caches = [fast.merge(*caches)]
        tokens = [(7 * step + row) % 250 + 4 for row in range(6 if step < 20 else 5)]
        torch.testing.assert_close(fast.step(caches, tokens), plain.step(plain_caches, tokens), atol=1e-4, rtol=1e-4)


@torch.inference_mode()
def test_logits_of_a_row_are_the_same_bits_in_any_batch(model: Any, one_thread: None) -> None:
    engine = LlamaEngine(model, 64)
    (prompt,) = prompts(40)
    traces = []
    for others in (0, 1, 6, 15, 40):
        own, logits = engine.prefill([prompt])
        trace = [logits[0]]
        cohorts = [own]
        if others:
            cohorts.append(engine.prefill(prompts(*(5 + 2 * row for row in range(others))))[0])
        for step in range(50):
            if step == 30 and others:
                cohorts = [engine.merge(*cohorts)]
            trace.append(engine.step(cohorts, [step + 4] * (others + 1))[0])
        traces.append(torch.stack(trace))
    assert all(torch.equal(trace, traces[0]) for trace in traces)


async def texts(folder: Path, batch: int, order: int, *, fast: bool = True) -> dict[str, Completion]:
    async with open_backend(config(folder, batch=batch)) if fast else _generic(folder, batch) as backend:
        lengths = random.Random(1)
        requests = [
            ask(backend, "x" * lengths.randrange(1, 40), sample=index, max_tokens=lengths.randrange(5, 60))
            for index in range(60)
        ]
        random.Random(order).shuffle(requests)
        answers = await asyncio.gather(*(backend.complete(request) for request in requests))
    return {answer.request_id: answer for answer in answers}


def _generic(folder: Path, batch: int) -> Any:
    from contextlib import asynccontextmanager

    @asynccontextmanager
    async def opened() -> AsyncIterator[LocalBackend]:
        backend = LocalBackend(config(folder, batch=batch), fast=False)
        yield backend
        await backend.close()

    return opened()


async def test_texts_do_not_depend_on_batch_or_order(folder: Path) -> None:
    assert await texts(folder, 64, 0) == await texts(folder, 3, 5)


async def test_both_engines_write_the_same(folder: Path) -> None:
    fast, plain = await texts(folder, 16, 0), await texts(folder, 16, 0, fast=False)
    # Float noise may flip a draw that lies on a boundary; one in sixty is already unlikely.
    assert sum(fast[key] != plain[key] for key in fast) <= 1


async def test_greedy_answers_take_the_likeliest_token(folder: Path, model: Any, backend: LocalBackend) -> None:
    request = ask(backend, "abc", raw=True, temperature=0, max_tokens=8)
    answer = await backend.complete(request)
    tokenizer = checkpoint.load(folder, "cpu")[1]
    ids = tokenizer("abc", return_tensors="pt")
    out = model.generate(**ids, do_sample=False, max_new_tokens=8, pad_token_id=0)[0, ids["input_ids"].shape[1] :]
    assert answer.text == tokenizer.decode(out, skip_special_tokens=True)


async def test_draws_follow_the_models_distribution(model: Any, backend: LocalBackend) -> None:
    """1,500 one-token answers against the softmax at the same temperature."""
    requests = [ask(backend, "abc", raw=True, sample=index, max_tokens=1) for index in range(1500)]
    answers = await asyncio.gather(*(backend.complete(request) for request in requests))
    ids = torch.tensor([[ord(letter) - ord("!") + 4 for letter in "abc"]])
    with torch.inference_mode():
        chances = torch.softmax(model(ids).logits[0, -1] / 0.8, -1)
    likeliest = int(chances[4:97].argmax()) + 4  # after the special tokens come the printable bytes, in ASCII's order
    expected = float(chances[likeliest])
    text = chr(likeliest - 4 + ord("!"))
    share = sum(answer.text == text for answer in answers) / len(answers)
    assert abs(share - expected) < 4 * (expected * (1 - expected) / len(answers)) ** 0.5 + 1e-3


async def test_small_top_p_leaves_only_the_likeliest(backend: LocalBackend) -> None:
    drawn = [ask(backend, "abc", sample=index, top_p=1e-6, max_tokens=6) for index in range(8)]
    answers = await asyncio.gather(*(backend.complete(request) for request in drawn))
    greedy = await backend.complete(ask(backend, "abc", temperature=0, max_tokens=6))
    assert {answer.text for answer in answers} == {greedy.text}


async def test_stop_string_ends_the_answer_and_is_cut_off(backend: LocalBackend) -> None:
    whole = (await backend.complete(ask(backend, "abc", temperature=0, max_tokens=30))).text
    stop = whole[10:12]
    answer = await backend.complete(ask(backend, "abc", temperature=0, max_tokens=30, stop=(stop, "never")))
    assert (answer.text, answer.finish_reason) == (whole[: whole.index(stop)], "stop")


async def test_samples_of_one_prompt_differ(backend: LocalBackend) -> None:
    answers = await asyncio.gather(*(backend.complete(ask(backend, sample=index)) for index in range(4)))
    assert len({answer.text for answer in answers}) > 1


async def test_prompt_that_leaves_no_room_is_data(backend: LocalBackend) -> None:
    assert (await backend.complete(ask(backend, "x" * 300))).finish_reason == "error:prompt_too_long"
    assert (await backend.complete(ask(backend, "", raw=True))).finish_reason == "error:prompt_empty"
    near = await backend.complete(ask(backend, "x" * 250, raw=True, max_tokens=100, temperature=0))
    assert near.completion_tokens <= 6


async def test_closing_fails_what_is_in_flight(folder: Path) -> None:
    backend = LocalBackend(config(folder, batch=2))
    calls = [asyncio.create_task(backend.complete(ask(backend, sample=index, max_tokens=200))) for index in range(12)]
    await asyncio.sleep(0.05)
    await backend.close()
    results = await asyncio.gather(*calls, return_exceptions=True)
    assert all(isinstance(result, Completion | BackendError) for result in results)
    assert any(isinstance(result, BackendError) for result in results)


async def test_error_while_decoding_fails_its_requests_with_one_line(folder: Path, monkeypatch: Any) -> None:
    async with open_backend(config(folder)) as backend:

        def breaks(*arguments: object) -> None:
            raise RuntimeError("DefaultCPUAllocator: can't allocate memory:\n you tried 3 GB")

        with monkeypatch.context() as patch:
            patch.setattr(LlamaEngine, "prefill", breaks)
            with pytest.raises(BackendError, match=r"out of memory.*lower 'batch'"):
                await backend.complete(ask(backend))
        assert (await backend.complete(ask(backend))).text


def test_fingerprint_changes_with_weights_and_seed_and_not_with_notes(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "tiny"
    shutil.copytree(folder, copy)
    (copy / "README.md").write_text("a card")
    assert checkpoint.fingerprint(copy) == checkpoint.fingerprint(folder)
    build_model(copy, seed=1)
    assert checkpoint.fingerprint(copy) != checkpoint.fingerprint(folder)


async def test_runs_with_another_seed_are_other_work(folder: Path) -> None:
    async with open_backend(config(folder)) as zero, open_backend(config(folder, seed=1)) as one:
        assert ask(zero).id != ask(one).id


def broken(folder: Path, name: str, content: bytes | None) -> None:
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(content)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("config.json", None, "not a model folder"),
        ("config.json", b"{", "cannot be read as JSON"),
        ("config.json", b'{"model_type": "nonsense"}', "cannot be loaded"),
        ("model.safetensors", None, "no weights"),
        ("model.safetensors", b"\0" * 100, "weights cannot be loaded"),
        ("tokenizer.json", b"{}", "tokenizer cannot be loaded"),
    ],
)
def test_broken_folder_is_one_clear_line(folder: Path, tmp_path: Path, name: str, content: bytes, said: str) -> None:
    copy = tmp_path / "broken"
    shutil.copytree(folder, copy)
    broken(copy, name, content)
    with pytest.raises(BackendError, match=said) as caught:
        LocalBackend(config(copy))
    assert "\n" not in str(caught.value)
    assert ";" in str(caught.value)  # the next step


def test_weights_that_lack_a_tensor_are_refused(folder: Path, tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    copy = tmp_path / "lacking"
    shutil.copytree(folder, copy)
    weights = load_file(copy / "model.safetensors")
    weights.pop("model.layers.1.mlp.up_proj.weight")
    save_file(weights, copy / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(BackendError, match=r"weights lack model\.layers\.1\.mlp\.up_proj"):
        LocalBackend(config(copy))


def test_missing_model_lists_what_there_is() -> None:
    with pytest.raises(BackendError, match="no such model"):
        checkpoint.locate("/nowhere/at/all")
    with pytest.raises(BackendError, match="no such model"):
        checkpoint.locate("micro-writter")


def test_missing_torch_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "torch", None)
    with pytest.raises(BackendError, match=r"pip install 'codefactory\[train\]'"):
        checkpoint.need_torch("tiny")


async def test_model_without_a_chat_template_says_so(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "base"
    shutil.copytree(folder, copy)
    (copy / "chat_template.jinja").unlink()
    async with open_backend(config(copy)) as backend:
        with pytest.raises(BackendError, match="no chat template"):
            await backend.complete(ask(backend))
        assert isinstance(await backend.complete(Request(backend.fingerprint, prompt="abc")), Completion)
