"""Drops rows with secrets, and solutions with absolute paths or that call the network or what destroys.

Python is read by its syntax tree, with import aliases resolved: `remove` of a list is not `os.remove`. Other languages
are read by patterns, which see calls in comments and strings, too. Secrets are looked for in the whole row.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from codefactory.filters.base import Drop, Settings
from codefactory.languages.python_faults import parse
from codefactory.types import Record

# Formats that their issuers publish; a value of these shapes is a key, or passes for one. Each stands under a text that
# it always holds: to look for that is a hundred times cheaper, and hardly any row has one.
SECRETS = {
    text: re.compile(pattern)
    for text, pattern in {
        "PRIVATE KEY-----": r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----",
        "AKIA": r"\bAKIA[0-9A-Z]{16}\b",
        "ASIA": r"\bASIA[0-9A-Z]{16}\b",
        "gh": r"\bgh[pousr]_[A-Za-z0-9]{36,}\b",
        "github_pat_": r"\bgithub_pat_[A-Za-z0-9_]{60,}",
        "xox": r"\bxox[abprs]-[A-Za-z0-9-]{10,}",
        "AIza": r"\bAIza[A-Za-z0-9_-]{35}\b",
        "hf_": r"\bhf_[A-Za-z0-9]{30,}\b",
        "sk-": r"\bsk-(?:proj-|ant-)?[A-Za-z0-9_-]{32,}",
        "glpat-": r"\bglpat-[A-Za-z0-9_-]{20,}",
        "sk_live_": r"\bsk_live_[A-Za-z0-9]{24,}",
        "eyJ": r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}",
        "://": r"\b\w+://[^\s/:@'\"]+:[^\s/:@'\"]{6,}@",
    }.items()
}
PATH = re.compile(r"(?:/(?:home|Users|root|etc|usr|var|mnt|opt|srv|tmp|private)/[\w.-]+|[A-Za-z]:\\\\?\w)[^\n]*")
SUSPECT = re.compile(r"import|['\"](?:/|[A-Za-z]:)")
NETWORK = ("socket", "ssl", "requests", "httpx", "aiohttp", "urllib.request", "urllib3", "http.client", "http.server",
           "ftplib", "smtplib", "poplib", "imaplib", "telnetlib", "xmlrpc", "socketserver", "paramiko", "websockets",
           "asyncio.open_connection", "asyncio.start_server", "webbrowser")  # fmt: skip
DESTRUCTIVE = ("os.remove", "os.unlink", "os.rmdir", "os.removedirs", "os.rename", "os.replace", "os.truncate",
               "os.chmod", "os.chown", "os.kill", "os.killpg", "os.fork", "os.system", "os.popen", "os.exec",
               "os.spawn", "os.posix_spawn", "os._exit", "os.abort", "shutil.rmtree", "shutil.move", "subprocess",
               "pty", "ctypes", "pathlib.Path.unlink", "pathlib.Path.rmdir")  # fmt: skip
OTHER_NETWORK = re.compile(
    r"require\s*\(?\s*['\"](?:socket|net|https?|http\.client|LWP|luasocket)|\bLWP::|\bNet::HTTP|\bIO::Socket|\bhttr::"
    r"|\bdownload\.file\(|\bnet/url\b|\bUnix\.(?:socket|connect)|\b(?:fetch|XMLHttpRequest)\("
)
OTHER_DESTRUCTIVE = re.compile(
    r"\brm\s+-[a-z]*[rf]|\bos\.(?:execute|remove|rename|exit)\s*\(|\bio\.popen\s*\(|\bsystem2?\s*\(|\bSys\.command\b"
    r"|\bunlink\s*\(|\bfile\.remove\s*\(|\bdelete-(?:file|directory)\b|\bUnix\.(?:unlink|system|execv)|\bchild_process\b"
)


class Safety:
    """`secret`, `absolute_path`, `network_call`, `destructive_call`; the detail says what."""

    name = "safety"
    slugs = ("secret", "absolute_path", "network_call", "destructive_call")

    def __init__(self, settings: Settings) -> None:
        self.wanted = frozenset(settings.rules.unsafe)

    @staticmethod
    def asked_for(settings: Settings) -> bool:
        return bool(settings.rules.unsafe)

    def judge(self, record: Record) -> Drop | None:
        return next((drop for drop in _found(record) if drop.slug in self.wanted), None)


def _found(record: Record) -> Iterator[Drop]:
    for text in (record.problem.statement, record.solution.code, *(case.source for case in record.tests.cases)):
        secret = next((found for key in SECRETS if key in text and (found := SECRETS[key].search(text))), None)
        if secret:
            yield Drop("secret", f"{secret.group()[:8]}...")
    code = record.solution.code
    module = parse(code) if record.problem.language == "python" else None
    if module is None:
        yield from _in_text(code)
    elif SUSPECT.search(code):  # most programs hold nothing that their trees need to be searched for
        yield from _in_tree(module)


def _in_text(code: str) -> Iterator[Drop]:
    patterns = (("absolute_path", PATH), ("network_call", OTHER_NETWORK), ("destructive_call", OTHER_DESTRUCTIVE))
    for slug, pattern in patterns:
        found = pattern.search(code)
        if found:
            yield Drop(slug, found.group()[:80])


def _in_tree(module: ast.Module) -> Iterator[Drop]:
    """Paths in constants, then calls and imports, by what the names stand for."""
    names = dict(_imported(module))
    prose = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}  # docstrings
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            if PATH.match(node.value):
                yield Drop("absolute_path", node.value[:80])
        elif isinstance(node, ast.Call):
            yield from _called(_full_name(node.func, names))
    for name in names.values():
        # A network module that is imported is there to be used; `os` is not.
        if _is_one(name, NETWORK):
            yield Drop("network_call", f"import of {name}")


def _called(name: str) -> Iterator[Drop]:
    for slug, known in (("network_call", NETWORK), ("destructive_call", DESTRUCTIVE)):
        if _is_one(name, known):
            yield Drop(slug, f"{name}()")


def _is_one(name: str, known: tuple[str, ...]) -> bool:
    families = ("os.exec", "os.spawn")  # os.execv, os.spawnlp, ...
    return any(name == one or name.startswith(f"{one}.") or (one in families and name.startswith(one)) for one in known)


def _imported(module: ast.Module) -> Iterator[tuple[str, str]]:
    """(name in this program, what it stands for in full)."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield (
                    (alias.asname, alias.name) if alias.asname else (alias.name.split(".")[0], alias.name.split(".")[0])
                )
                if not alias.asname and "." in alias.name:
                    yield alias.name, alias.name
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def _full_name(node: ast.expr, names: dict[str, str]) -> str:
    """`rmtree` after `from shutil import rmtree` is `shutil.rmtree`; a called object's methods keep its name."""
    parts: list[str] = []
    while not isinstance(node, ast.Name):
        if isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        elif isinstance(node, ast.Call):
            match node:
                case ast.Call(func=ast.Name(id="__import__"), args=[ast.Constant(value=str(module)), *_]):
                    return ".".join([module, *reversed(parts)])
            node = node.func
        else:
            return ""
    first = names.get(node.id, "")
    return ".".join([first, *reversed(parts)]) if first else ""
