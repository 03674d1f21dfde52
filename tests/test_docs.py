"""The README cannot rot: its commands exist, its flags are real, the files it names are there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer

from codefactory.cli import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
BLOCKS = re.findall(r"```(?:bash|console|sh)\n(.*?)```", README, re.DOTALL)
COMMANDS = [
    line.removeprefix("$ ").split("  #")[0].strip()
    for block in BLOCKS
    for line in block.splitlines()
    if line.removeprefix("$ ").startswith("codefactory ")
]
MAKE = sorted(set(re.findall(r"^(?:\$ )?make (\w+)", "\n".join(BLOCKS), re.MULTILINE)))


@pytest.mark.parametrize("command", COMMANDS)
def test_command_in_the_readme_exists_with_its_flags(command: str) -> None:
    current = typer.main.get_command(app)
    words = shlex.split(command)[1:]
    while words and hasattr(current, "commands"):
        assert words[0] in current.commands, f"{command}: no such verb"
        current = current.commands[words.pop(0)]
    flags = {flag for parameter in current.params for flag in parameter.opts} | {"--help"}
    for word in words:
        if word.startswith("--"):
            assert word.split("=")[0] in flags, f"{command}: no such flag"


@pytest.mark.parametrize("target", MAKE)
def test_make_target_in_the_readme_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\((?!http)([^)#]+)\)", README))))
def test_file_that_the_readme_links_to_is_there(link: str) -> None:
    assert (ROOT / link).exists()


def test_readme_names_commands_at_all() -> None:
    assert len(COMMANDS) >= 5
    assert {"demo", "test"} <= set(MAKE)
