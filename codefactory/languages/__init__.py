"""Programming languages: one file each, giving what parsing, execution and controls need to know about it."""

from codefactory.registry import Registry

LANGUAGES = Registry("language", {"python": "codefactory.languages.python:PYTHON"})
