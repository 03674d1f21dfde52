"""A small real hub on the loopback: the few endpoints that uploading and loading a data set need, over HTTP.

Files that are to go by LFS are taken and checked by content, a commit is applied whole or not at all, and whoever comes
without the token is refused. What is asked for and not here is answered 404 and remembered in `unknown`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml

TOKEN = "hf_test_token_of_the_stand_in"


@dataclass
class Hub:
    """What the server holds: repository -> path -> content."""

    repositories: dict[str, dict[str, bytes]] = field(default_factory=dict)
    private: dict[str, bool] = field(default_factory=dict)
    objects: dict[str, bytes] = field(default_factory=dict)
    commits: list[dict[str, Any]] = field(default_factory=list)
    by_lfs: set[str] = field(default_factory=set)
    unknown: list[str] = field(default_factory=list)
    failing: str = ""  # a part of a path that is answered 500
    url: str = ""

    def sha(self, repository: str) -> str:
        files = sorted(self.repositories[repository].items())
        return hashlib.sha1(b"".join(name.encode() + data for name, data in files)).hexdigest()


@contextmanager
def serving() -> Iterator[Hub]:
    """A hub that answers until the block ends."""
    hub = Hub()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (_Handler,), {"hub": hub}))
    hub.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    hub: Hub
    protocol_version = "HTTP/1.1"

    def log_message(self, *words: Any) -> None:
        pass

    def do_POST(self) -> None:
        body = self._body()
        path = urlsplit(self.path).path
        if self.hub.failing and self.hub.failing in path:
            self._send(500, {"error": "out of order"})
        elif path == "/api/validate-yaml":
            front = json.loads(body)["content"].split("---\n")[1]
            errors = [] if isinstance(yaml.safe_load(front), dict) else [{"message": "no metadata"}]
            self._send(200, {"errors": errors, "warnings": []})
        elif self.headers.get("Authorization") != f"Bearer {TOKEN}":
            self._send(401, {"error": "Invalid username or password."})
        elif path == "/api/repos/create":
            self._create(json.loads(body))
        elif found := re.fullmatch(r"/api/datasets/([^/]+/[^/]+)/preupload/.+", path):
            self._preupload(json.loads(body), found[1])
        elif re.fullmatch(r"/datasets/.+\.git/info/lfs/objects/batch", path):
            self._batch(json.loads(body))
        elif found := re.fullmatch(r"/api/datasets/([^/]+/[^/]+)/commit/.+", path):
            self._commit(found[1], [json.loads(line) for line in body.splitlines()])
        elif found := re.fullmatch(r"/api/datasets/([^/]+/[^/]+)/paths-info/.+", path):
            wanted = json.loads(body)["paths"] if body[:1] == b"{" else []
            self._send(200, [entry for entry in self._entries(found[1]) if entry["path"] in wanted])
        else:
            self._missing()

    def do_PUT(self) -> None:
        body = self._body()
        oid = self.path.rpartition("/")[2]
        if hashlib.sha256(body).hexdigest() != oid:
            self._send(400, {"error": "not what was announced"})
            return
        self.hub.objects[oid] = body
        self._send(200, {})

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if found := re.fullmatch(r"/api/datasets/([^/]+/[^/]+)(?:/revision/[^/]+)?", path):
            if found[1] in self.hub.repositories:
                self._send(200, self._info(found[1]))
                return
        elif found := re.fullmatch(r"/api/datasets/([^/]+/[^/]+)/tree/[^/]+(?:/(.*))?", path):
            prefix = f"{found[2]}/" if found[2] else ""
            self._send(200, [one for one in self._entries(found[1]) if one["path"].startswith(prefix)])
            return
        elif found := re.fullmatch(r"/datasets/([^/]+/[^/]+)/resolve/[^/]+/(.+)", path):
            data = self.hub.repositories.get(found[1], {}).get(found[2])
            if data is not None:
                self._file(found[1], data)
                return
        self._missing()

    def _create(self, wanted: dict[str, Any]) -> None:
        name = f"{wanted.get('organization') or 'me'}/{wanted['name']}"
        self.hub.private.setdefault(name, bool(wanted.get("private")) or wanted.get("visibility") == "private")
        known = name in self.hub.repositories
        self.hub.repositories.setdefault(name, {})
        self._send(409 if known else 200, {"url": f"{self.hub.url}/datasets/{name}", "name": name, "id": name})

    def _preupload(self, wanted: dict[str, Any], repository: str) -> None:
        del repository
        files = [
            {"path": one["path"], "uploadMode": "lfs" if one["path"].endswith(".parquet") else "regular"}
            for one in wanted["files"]
        ]
        self._send(200, {"files": [{**one, "shouldIgnore": False} for one in files]})

    def _batch(self, wanted: dict[str, Any]) -> None:
        objects = [
            {**one, "actions": {"upload": {"href": f"{self.hub.url}/lfs/{one['oid']}", "header": {}}}}
            for one in wanted["objects"]
        ]
        self._send(200, {"transfer": "basic", "objects": objects}, "application/vnd.git-lfs+json")

    def _commit(self, repository: str, lines: list[dict[str, Any]]) -> None:
        files = dict(self.hub.repositories[repository])
        for line in lines:
            value = line["value"]
            if line["key"] == "header":
                self.hub.commits.append(value)
            elif line["key"] == "file":
                files[value["path"]] = base64.b64decode(value["content"])
            elif line["key"] == "deletedFile":
                del files[value["path"]]
            elif line["key"] == "lfsFile":
                if value["oid"] not in self.hub.objects:
                    self._send(400, {"error": "an object was never uploaded"})
                    return
                self.hub.by_lfs.add(value["path"])
                files[value["path"]] = self.hub.objects[value["oid"]]
        self.hub.repositories[repository] = files
        oid = self.hub.sha(repository)
        url = f"{self.hub.url}/datasets/{repository}/commit/{oid}"
        self._send(200, {"success": True, "commitOid": oid, "commitUrl": url, "hookOutput": ""})

    def _info(self, repository: str) -> dict[str, Any]:
        names = [{"rfilename": name} for name in self.hub.repositories[repository]]
        return {
            "id": repository,
            "sha": self.hub.sha(repository),
            "siblings": names,
            "private": self.hub.private[repository],
            "disabled": False,
            "gated": False,
            "downloads": 0,
            "likes": 0,
            "tags": [],
        }

    def _entries(self, repository: str) -> list[dict[str, Any]]:
        files = self.hub.repositories.get(repository, {})
        found: dict[str, dict[str, Any]] = {}
        for name, data in sorted(files.items()):
            parents = name.split("/")[:-1]
            for depth in range(1, len(parents) + 1):
                folder = "/".join(parents[:depth])
                found[folder] = {"type": "directory", "path": folder, "oid": hashlib.sha1(folder.encode()).hexdigest()}
            found[name] = {"type": "file", "path": name, "size": len(data), "oid": hashlib.sha1(data).hexdigest()}
        return list(found.values())

    def _file(self, repository: str, data: bytes) -> None:
        status, first, last = 200, 0, len(data)
        if wanted := re.match(r"bytes=(\d+)-(\d*)", self.headers.get("Range", "")):
            first, last = int(wanted[1]), min(int(wanted[2] or len(data)) + 1, len(data))
            status = 206
        self.send_response(status)
        self.send_header("ETag", f'"{hashlib.sha256(data).hexdigest()}"')
        self.send_header("X-Repo-Commit", self.hub.sha(repository))
        self.send_header("Accept-Ranges", "bytes")
        if status == 206:
            self.send_header("Content-Range", f"bytes {first}-{last - 1}/{len(data)}")
        self.send_header("Content-Length", str(last - first))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data[first:last])

    def _missing(self) -> None:
        self.hub.unknown.append(f"{self.command} {self.path}")
        self._send(404, {"error": "Entry not found"}, error="EntryNotFound")

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") == "chunked":
            parts = []
            while size := int(self.rfile.readline(), 16):
                parts.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(parts)
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _send(self, status: int, body: Any, kind: str = "application/json", error: str = "") -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        if error:
            self.send_header("X-Error-Code", error)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)
