"""Turns texts into unit vectors: hashed TF-IDF (no model), a Hugging Face encoder in a directory, or a server."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any, Protocol

from codefactory.config import FiltersConfig
from codefactory.errors import BackendError, ConfigError
from codefactory.filters.normal import TOKEN
from codefactory.llm.connection import NoAnswer, fetch

SAMPLE = 20_000  # texts that the hashed embedding learns its directions from: the first, so the best rows
CHUNK = 512
FEATURES, DIMENSIONS = 1 << 14, 64
BATCH, LONGEST_TOKENS = 32, 512
TIMEOUT_S = 120.0

Matrix = Any  # numpy float32, one row a text, each of length 1 (or 0 for an empty text)


class Embedder(Protocol):
    """Texts in, unit vectors out, in blocks of some hundreds."""

    def embed(self, texts: Iterable[str]) -> Iterator[Matrix]: ...


def embedder(rules: FiltersConfig, sample: int = SAMPLE) -> Embedder:
    """What `embedding` names.

    Args:
        sample: how many texts, the first ones, the hashed embedding learns from; the others know no more than that.

    Raises:
        ConfigError: if it names nothing that is here, or a library is missing.
    """
    kind, _, model = rules.embedding.partition(":")
    if rules.embedding == "hashed":
        return Hashed(sample)
    if kind == "openai":
        if not (model and rules.embedding_url):
            raise ConfigError(
                "select.filters.embedding: openai needs a model and a URL: openai:MODEL and embedding_url"
            )
        return Server(rules.embedding_url, model)
    if not (Path(rules.embedding) / "config.json").is_file():
        raise ConfigError(
            f"select.filters.embedding: '{rules.embedding}' is no model directory (no config.json); "
            "name one, or 'hashed', or 'openai:MODEL'"
        )
    return Encoder(Path(rules.embedding))


def _blocks(texts: Iterable[str], size: int) -> Iterator[list[str]]:
    source = iter(texts)
    while block := list(islice(source, size)):
        yield block


def _unit(matrix: Matrix) -> Matrix:
    import numpy

    norms = numpy.linalg.norm(matrix, axis=1, keepdims=True)
    return (matrix / numpy.where(norms == 0, 1, norms)).astype(numpy.float32)


class Hashed:
    """Hashed words and word pairs, TF-IDF, then 64 directions by SVD (Deerwester et al. 1990).

    It knows words, not meanings: paraphrases in other words stay apart. What it learns, it learns from the texts.
    """

    def __init__(self, sample: int = SAMPLE) -> None:
        self.sample = sample

    def embed(self, texts: Iterable[str]) -> Iterator[Matrix]:
        try:
            from sklearn.decomposition import TruncatedSVD
            from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
            from sklearn.pipeline import make_pipeline
        except ImportError as error:
            raise ConfigError("hashed embeddings need scikit-learn; pip install codefactory[filters]") from error
        source = iter(texts)
        sample = list(islice(source, self.sample))
        hashing = HashingVectorizer(
            token_pattern=TOKEN.pattern, ngram_range=(1, 2), n_features=FEATURES, alternate_sign=False
        )
        weights = TfidfTransformer(sublinear_tf=True)
        dimensions = min(DIMENSIONS, len(sample) - 1)
        if dimensions < 2:  # nothing to learn directions from: the words themselves
            words = _blocks(chain(sample, source), CHUNK)
            yield from (_unit(hashing.transform(block).toarray()) for block in words)
            return
        model = make_pipeline(hashing, weights, TruncatedSVD(dimensions, random_state=0)).fit(sample)
        for block in _blocks(chain(sample, source), CHUNK):
            yield _unit(model.transform(block))


class Encoder:
    """The mean of a Hugging Face model's last hidden states over a text's tokens; the first 512 tokens count.

    Raises:
        BackendError: from `embed`, if the directory cannot be loaded.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def embed(self, texts: Iterable[str]) -> Iterator[Matrix]:
        try:
            import torch
            from transformers import AutoModel, AutoTokenizer

            tokenizer = AutoTokenizer.from_pretrained(self.folder)
            model = AutoModel.from_pretrained(self.folder).eval()
        except (ImportError, OSError, ValueError) as error:
            raise BackendError(f"{self.folder}: no encoder could be loaded ({error})") from error
        tokenizer.pad_token = tokenizer.pad_token or tokenizer.eos_token
        for block in _blocks(texts, BATCH):
            tokens = tokenizer(block, padding=True, truncation=True, max_length=LONGEST_TOKENS, return_tensors="pt")
            mask = tokens["attention_mask"]
            with torch.inference_mode():
                hidden = model(input_ids=tokens["input_ids"], attention_mask=mask).last_hidden_state
            summed = (hidden * mask[:, :, None]).sum(dim=1)
            yield _unit((summed / mask.sum(dim=1, keepdim=True).clamp(min=1)).float().numpy())


class Server:
    """`POST <url>/embeddings`, as OpenAI, vLLM and llama.cpp serve it; the key is in OPENAI_API_KEY.

    Raises:
        BackendError: from `embed`, if the server does not answer with one vector a text.
    """

    def __init__(self, url: str, model: str) -> None:
        self.url, self.model = url.rstrip("/") + "/embeddings", model

    def embed(self, texts: Iterable[str]) -> Iterator[Matrix]:
        import numpy
        from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

        key = os.environ.get("OPENAI_API_KEY", "")
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        patient = Retrying(
            stop=stop_after_attempt(5),
            wait=wait_exponential(0.2, max=20),
            retry=retry_if_exception_type(NoAnswer),
            reraise=True,
        )
        for block in _blocks(texts, BATCH):
            try:
                answer = patient(self._ask, headers, block)
                rows = sorted(answer["data"], key=lambda row: row["index"])
                vectors = numpy.array([row["embedding"] for row in rows], dtype=numpy.float32)
            except (NoAnswer, KeyError, TypeError, ValueError) as error:
                raise BackendError(f"{self.url}: no embeddings from it ({error}); is '{self.model}' one?") from error
            if vectors.ndim != 2 or len(vectors) != len(block):
                raise BackendError(f"{self.url}: {len(vectors)} vectors for {len(block)} texts")
            yield _unit(vectors)

    def _ask(self, headers: dict[str, str], block: list[str]) -> Any:
        asked = json.dumps({"model": self.model, "input": block}).encode()
        answer = fetch(self.url, headers, asked, timeout_s=TIMEOUT_S)
        if answer.status != 200:
            raise NoAnswer(f"it answers {answer.status}")
        return json.loads(answer.body)
