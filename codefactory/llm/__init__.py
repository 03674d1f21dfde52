"""Ways to reach a language model, one file each; `codefactory.llm.base` has what they share, `open_backend` starts one.

A row points to a callable that takes an `LlmConfig` and returns a `Backend`; it may block while it loads a model.
"""

from codefactory.registry import Registry

BACKENDS = Registry(
    "backend",
    {
        "local": "codefactory.llm.local:LocalBackend",
        "openai": "codefactory.llm.openai:OpenAIBackend",
        "vllm": "codefactory.llm.vllm:VllmBackend",
        "replay": "codefactory.llm.replay:ReplayBackend",
    },
)
