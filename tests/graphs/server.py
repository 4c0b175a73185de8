"""A real Neo4j Community server for the tests: fetched from Maven Central, on loopback, in a folder of its own."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SOURCE = HERE / "Server.java"
LTS = "5.26.30"
VERSIONS = {"4.4.44": 11, LTS: 17, "2026.08.1": 21}
"""The servers that are tried, each with the oldest Java it runs on."""

FETCHING = 240
"""Seconds that Maven may take for one of them."""

OPENED = [f"--add-opens=java.base/{one}=ALL-UNNAMED" for one in ("java.nio", "java.lang", "sun.nio.ch", "java.util")]


class UnavailableError(Exception):
    """There can be no such server here, and why."""


class Server:
    """One server, which may be stopped, killed and started again with what it holds."""

    def __init__(self, version: str = LTS) -> None:
        self.version = version
        self.password = secrets.token_urlsafe(12)
        self.port = _free_port()
        self._java, self._classpath = java_for(version), f"{classpath(version)}{os.pathsep}{compiled(version)}"
        self._home = Path(tempfile.mkdtemp(prefix="npc-neo4j-"))
        self._process: subprocess.Popen[str] | None = None
        self._begun = False
        self._hindered = False

    @property
    def is_whole(self) -> bool:
        """Whether it runs, and takes in what is written."""
        return self._process is not None and self._process.poll() is None and not self._hindered

    @property
    def uri(self) -> str:
        """Where it is reached."""
        return f"bolt://neo4j@127.0.0.1:{self.port}"

    @property
    def folder(self) -> Path:
        """Where its data is."""
        return self._home

    def start(self, *, read_only: bool = False, most_kib: int | None = None) -> None:
        """Start it, and wait until it can be reached; `most_kib` is how large any of its files may grow."""
        memory = ["-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
        command = [self._java, *memory, *OPENED, "-cp", self._classpath, SOURCE.stem]
        command += [str(self._home), str(self.port), "read" if read_only else "write"]
        if most_kib is not None:
            command = ["bash", "-c", f'ulimit -f {most_kib}; trap "" XFSZ; exec "$@"', "server", *command]
        self._hindered = read_only or most_kib is not None
        env = {**os.environ} if self._begun else {**os.environ, "NEO4J_PASSWORD": self.password}
        path = self._home / "server.log"
        with path.open("w") as log:
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log, env=env, text=True)
        deadline = time.monotonic() + 300
        while True:
            said = path.read_text("utf-8", "replace")
            if "ready" in said:
                self._begun = True
                return
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise UnavailableError(f"Neo4j {self.version} doesn't start: {said[-600:]}")
            time.sleep(0.1)

    def kill(self) -> None:
        """End it at once, as a failing machine would."""
        if self._process is not None:
            if self._process.poll() is None:
                self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            if self._process.stdin:
                self._process.stdin.close()
            self._process = None

    def freeze(self, frozen: bool = True) -> None:
        """Let it stand still, as a machine that hangs; or go on."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP if frozen else signal.SIGCONT)

    def stop(self) -> None:
        """Shut it down in good order."""
        if self._process is not None and self._process.stdin:
            self._process.stdin.close()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(30)
        self.kill()

    def remove(self) -> None:
        """End it, and delete what it holds."""
        self.kill()
        shutil.rmtree(self._home, ignore_errors=True)


@contextmanager
def running(version: str = LTS) -> Iterator[Server]:
    """Yield a server that runs, and is gone afterwards."""
    server = Server(version)
    try:
        server.start()
        yield server
    finally:
        server.remove()


@cache
def java_for(version: str) -> str:
    """Return the oldest Java here that a server runs on and that can compile its source."""
    wanted = VERSIONS[version]
    found = {}
    folders = [Path(os.environ.get("JAVA_HOME") or "/"), *sorted(Path("/usr/lib/jvm").glob("*"))]
    for java in (*(folder / "bin" / "java" for folder in folders), Path(shutil.which("java") or "java")):
        if not java.exists():
            continue
        said = subprocess.run([str(java), "-version"], capture_output=True, text=True, check=False).stderr
        if number := re.search(r'version "(\d+)', said):
            found.setdefault(int(number.group(1)), str(java))
    fitting = [number for number in sorted(found) if number >= wanted]
    if not fitting:
        raise UnavailableError(f"Neo4j {version} needs Java {wanted}, and there is {sorted(found) or 'none'}")
    return found[fitting[0]]


@cache
def classpath(version: str) -> str:
    """Return the jars of a server, fetched by Maven where they are not there yet."""
    kept = _kept(f"{version}.classpath")
    if kept.exists() and all(Path(jar).exists() for jar in kept.read_text("utf-8").split(os.pathsep)):
        return kept.read_text("utf-8")
    maven = shutil.which("mvn")
    if maven is None:
        raise UnavailableError("there is no Maven (mvn) to fetch Neo4j with")
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "classpath"
        command = [maven, "-q", "-B", "-f", str(HERE / "pom.xml"), "dependency:build-classpath"]
        command += [f"-Dneo4j.version={version}", f"-Dmdep.outputFile={written}"]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=FETCHING, check=False)
        except subprocess.TimeoutExpired:
            raise UnavailableError(f"Maven took more than {FETCHING} s to fetch Neo4j {version}") from None
        if done.returncode:
            said = (done.stdout + done.stderr).strip()[-400:]
            raise UnavailableError(f"Maven can't fetch Neo4j {version}: {said}")
        found = written.read_text("utf-8").strip()
    kept.write_text(found, "utf-8")
    return found


@cache
def compiled(version: str) -> Path:
    """Return the folder with our server's class, compiled once: each start would take seconds for it."""
    source = hashlib.sha256(SOURCE.read_bytes()).hexdigest()[:12]
    kept = _kept(f"{version}-{source}")
    if not kept.exists():
        with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
            made = Path(folder) / "made"
            command = [java_for(version), "-m", "jdk.compiler/com.sun.tools.javac.Main"]
            command += ["-cp", classpath(version), "-d", str(made), str(SOURCE)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                raise UnavailableError(f"our server for Neo4j {version} can't be compiled: {done.stderr[-400:]}")
            with suppress(OSError):  # another worker was first
                made.rename(kept)
    return kept


def _kept(name: str) -> Path:
    """Return where something is kept from one run of the tests to the next."""
    return Path(tempfile.gettempdir()) / f"npc-neo4j-{os.getuid()}-{name}"


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def one_running() -> Iterator[Server]:
    """Yield a server that runs, for a fixture to yield from; tests are skipped where there can be none."""
    try:
        one = Server()
        one.start()
    except UnavailableError as error:
        pytest.skip(str(error))
    yield one
    one.remove()
