"""A language model inside the game's own process, on llama.cpp (package `xllamacpp`).

What shaped it, measured with xllamacpp 2026.10.11549 and SmolLM2-135M on one thread:

- Creating the server holds Python's global lock until the weights are read (0.2 to 0.6 s for 98 MB): open a
  model before the first frame. Answering releases the lock.
- Prefixes stay warm in llama.cpp's own prompt cache whichever slot a request lands in; pinning NPCs to slots
  gained nothing (six personas in turn: 0.15 s to the first word either way, 1.2 s without that cache).
- A prompt that is being read can be given up between two batches only, and the processor is free after one
  more. With 16 tokens a batch it is read an eighth slower than with 512, and given up within 0.3 s, not 4 s.
"""

from __future__ import annotations

import json
import threading
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from npc_engine.errors import ModelError, ModelMissingError
from npc_engine.lang import HOME
from npc_engine.lang.en import English
from npc_engine.models.adapters import Adapter, read_adapter, shipped
from npc_engine.models.atomic_files import Folder, Progress
from npc_engine.models.choosing import Step, one_of, scores, steps_of
from npc_engine.models.gguf import Header, read_header
from npc_engine.models.hub import HUB, fetch_from_hub
from npc_engine.models.llama_server import RunningServer, start_server
from npc_engine.models.machine import processors
from npc_engine.models.model import Message, ModelInfo, Request, Size
from npc_engine.models.relay import Relay
from npc_engine.models.sizes import billions_of, size_of
from npc_engine.models.speech import Thoughts
from npc_engine.models.troubles import trouble
from npc_engine.models.weights import DEFAULT, KNOWN, find, pull, recognise

ENGLISH_ONLY = ("smollm", "tinyllama", "pythia", "gpt2")
"""Families of models that write no Chinese worth showing, by a piece of their name."""

MOST_THREADS = 4
"""More threads than this have to be asked for: they wait for each other at every step, so that a game which takes
one of their processors makes all of them slow (two threads beside a busy one on two processors: 108 to 30 tok/s)."""

TOLD = 100
"""How many of the likeliest tokens are looked at for each that is written when options are weighed."""


class LlamaCppModel:
    """The GGUF file at `path`, opened and ready to speak.

    `threads` generate; `default_threads` leaves one processor to the game. `prompt_threads`
    read prompts, and are as many unless told otherwise. `slots` answers are written at once, each with
    `context` tokens for prompt and answer together. `batch` is how many tokens of a prompt are read at a
    stretch, and cancelling waits for at most two: 16, or 256 with a graphics card. `cache_mb` bounds the
    prompts kept warm, in MiB (SmolLM2 takes 23 kB a token). `gpu_layers` go to a graphics card where the
    installed xllamacpp can use one; the default is as many as fit.

    `languages`, `size` and `name` say what the file's header can't: without them SmolLM and its like
    speak English, others English and Chinese, and a model is small below three billion parameters.

    `adapter` is a file that `npc voice train` made for this very model file; one that does not fit is left out, and
    the model's `info.note` says so. `sha256` is the model file's digest where it was looked at already.

    Raises:
        ModelMissingError: there is no such file, or xllamacpp is not installed.
        ModelError: the file is damaged, or no model this xllamacpp knows.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        threads: int | None = None,
        prompt_threads: int | None = None,
        context: int = 2048,
        slots: int = 2,
        batch: int | None = None,
        cache_mb: int = 256,
        gpu_layers: int | None = None,
        languages: Iterable[str] | None = None,
        size: Size | None = None,
        name: str | None = None,
        adapter: str | Path | None = None,
        sha256: str | None = None,
        chosen: Mapping[str, str] | None = None,
    ) -> None:
        path = Path(path)
        header = read_header(path)
        library = _import_library()
        threads = threads or default_threads()
        params = library.CommonParams()
        params.model.path = str(path)
        params.n_ctx = context * slots
        params.n_parallel = slots
        card = _has_card(library)
        params.n_batch = params.n_ubatch = max(batch or (256 if card else 16), slots)
        params.cpuparams.n_threads = threads
        params.cpuparams_batch.n_threads = prompt_threads or threads
        params.cache_ram_mib = cache_mb
        params.swa_full = True  # else models with sliding windows (Gemma) read every prompt whole
        params.fit_params = card and gpu_layers is None
        if gpu_layers is not None:
            params.n_gpu_layers = gpu_layers
        params.warmup = False
        params.verbosity = -1
        params.ui = False
        params.endpoint_slots = False
        params.n_threads_http = 1
        self._library = library
        voice, note = _fitting(Path(adapter), path, sha256) if adapter else (None, "")
        if voice is not None:
            params.lora_adapters = [library.CommonAdapterLoraInfo(str(voice.path), 1.0)]
        self._info = ModelInfo(
            name=name or path.stem,
            size=size or _size_of(header, path),
            languages=frozenset(languages) if languages is not None else _languages_of(header),
            grammars=True,
            voices=dict(voice.prompts) if voice else {},
            note=note,
            chosen=chosen or {},
        )
        self._running = RunningServer(start_server(library, params, path), self._info.name, context)
        self._finalizer = weakref.finalize(self, self._running.close)  # at the interpreter's exit too

    def __repr__(self) -> str:
        return f"LlamaCppModel({self._info.name!r})"

    @property
    def info(self) -> ModelInfo:
        """What this model is; grammars are obeyed."""
        return self._info

    def stream(self, request: Request, cancel: threading.Event) -> Iterator[str]:
        """Yield the answer as it is written; more requests than slots wait for their turn.

        Raises:
            ModelError: the prompt is longer than the context, the grammar is wrong, or the model is closed.
            ModelUnreachableError: the answer took longer than `request.timeout`.
        """
        if cancel.is_set():
            return
        relay: Relay[str] = Relay()
        self._running.ask(self._body(request), relay, _texts, request.tell)
        thoughts = Thoughts()  # of models that think though they are asked not to
        for piece in relay.take(cancel, request.timeout, self._info.name):
            if said := thoughts.feed(piece):
                yield said
            if thoughts.leaked:
                raise trouble(ModelError, "thought_aloud", who=self._info.name)
        if rest := thoughts.end():
            yield rest

    def choose(self, request: Request, options: Sequence[str], cancel: threading.Event) -> list[float]:
        """Return the share of each option; see `LanguageModel`. A grammar has it write one of them.

        Raises:
            ModelError: there are no options, the prompt is longer than the context, or the model is closed.
            ModelUnreachableError: the answer took longer than `request.timeout`.
        """
        relay: Relay[Step] = Relay()
        body = {**self._body(one_of(request, options)), "logprobs": True, "top_logprobs": TOLD}
        self._running.ask(body, relay, steps_of, request.tell)
        return scores(relay.take(cancel, request.timeout, self._info.name), options)

    def warm(self, messages: Sequence[Message], cancel: threading.Event, *, voiced: bool = False) -> None:
        """Read `messages` into the prompt cache; see `Warmable`.

        Raises:
            ModelError: they are longer than the context, or the model is closed.
        """
        turn = tuple(messages)
        if not turn or turn[-1].role != "user":  # some chat templates accept nothing that ends otherwise
            turn += (Message("user", "…"),)
        for _ in self.stream(Request(messages=turn, max_tokens=1, timeout=300.0, voiced=voiced), cancel):
            pass

    def close(self) -> None:
        """Give up every answer that is being written and free the memory."""
        self._finalizer()

    def _body(self, request: Request) -> dict[str, Any]:
        body: dict[str, Any] = {
            "messages": [{"role": message.role, "content": message.content} for message in request.messages],
            "max_tokens": request.max_tokens,
            "temperature": request.temperature,
            "seed": request.seed % (2**32 - 1),  # the number left out means "any"
            "stop": list(request.stop),
            "reasoning_format": "none",
            "chat_template_kwargs": {"enable_thinking": False},
            **request.extra,
            "stream": True,
            "cache_prompt": True,
            "return_progress": True,  # makes the server call back, and so notice a cancel, while it reads
        }
        if self._info.voices:
            body["lora"] = [{"id": 0, "scale": 1.0 if request.voiced else 0.0}]
        if request.grammar is not None:
            body["grammar"] = request.grammar
        elif request.json_schema is not None:
            try:
                body["grammar"] = self._library.json_schema_to_grammar(json.dumps(tight(request.json_schema)))
            except (RuntimeError, TypeError, ValueError) as error:
                raise ModelError(f"{self._info.name} can't follow this JSON schema: {error}") from None
        return body


def _texts(choice: Mapping[str, Any]) -> Iterator[str]:
    yield choice.get("delta", {}).get("content") or ""


def open_embedded(
    rest: str = "",
    *,
    folder: Folder = None,
    fetch: bool = False,
    progress: Progress | None = None,
    **settings: Any,
) -> LlamaCppModel:
    """Open the default model, or the known one that `rest` names, with the voice that was trained for it.

    `fetch` gets it if it is missing; `adapter=None` leaves the voice out.

    Raises:
        ModelMissingError: it is not on this machine, or nothing that could run it is; the message says what to do.
    """
    _import_library()  # before anything is fetched that could not be opened here
    name = rest or DEFAULT
    path = pull(name, folder, progress) if fetch else find(name, folder)
    if path is None:
        raise trouble(ModelMissingError, "missing", name=name)
    return _open(path, {"languages": KNOWN[name].writes or None, **settings})


def open_file(rest: str, **settings: Any) -> LlamaCppModel:
    """Open the GGUF file at the path `rest`, with its voice where the file is a model that has one."""
    return _open(Path(rest).expanduser(), settings)


def open_hub(
    rest: str,
    *,
    folder: Folder = None,
    token: str | None = None,
    progress: Progress | None = None,
    endpoint: str = HUB,
    **settings: Any,
) -> LlamaCppModel:
    """Open `OWNER/REPO` or `OWNER/REPO/FILE.gguf` of Hugging Face, fetching it the first time."""
    return _open(fetch_from_hub(rest, folder, token=token, progress=progress, endpoint=endpoint), settings)


def _open(path: Path, settings: Mapping[str, Any]) -> LlamaCppModel:
    """Open a model file; one that is a known model gets the voice that was trained for it, wherever it lies."""
    known = recognise(path) if "adapter" not in settings else None
    if known is None:
        return LlamaCppModel(path, **settings)
    return LlamaCppModel(path, **{"adapter": shipped(known.name), "sha256": known.sha256, **settings})


def default_threads() -> int:
    """Return how many processors this process may use, less one for the game: at least one, at most MOST_THREADS."""
    return max(1, min(processors() - 1, MOST_THREADS))


def tight(schema: Any) -> dict[str, Any]:
    """Return `schema` so that no tokens are wasted on it: no white space, no properties it does not name."""

    def closed(part: Any) -> Any:
        if isinstance(part, Mapping):
            inner = {key: closed(value) for key, value in part.items()}
            if isinstance(inner.get("properties"), dict):
                inner.setdefault("additionalProperties", False)
            return inner
        return [closed(item) for item in part] if isinstance(part, (list, tuple)) else part

    return {**closed(schema), "x-guidance": {"whitespace_flexible": False}}


def _import_library() -> Any:
    try:
        import xllamacpp
    except ImportError as error:
        raise ModelMissingError(
            f"a model inside the game needs the package xllamacpp, which can't be imported ({error}): pip install "
            "xllamacpp; its wheels are for Windows on x86-64, Linux with glibc, and macOS 13 or newer, and elsewhere "
            "everything but that works, through a server (openai:MODEL) or without a model"
        ) from None
    return xllamacpp


def _has_card(library: Any) -> bool:
    processor = library.ggml_backend_dev_type.GGML_BACKEND_DEVICE_TYPE_CPU
    return any(device["type"] != processor for device in library.get_device_info())


def _fitting(adapter: Path, model: Path, digest: str | None) -> tuple[Adapter | None, str]:
    """Return an adapter if it was made for a model file, or why it is left out."""
    try:
        found = read_adapter(adapter)
        if found.fits(model, digest):
            return found, ""
        return None, f"{adapter.name} was trained for another model file than {model.name}: the model speaks without it"
    except ModelError as error:
        return None, f"{error}: the model speaks without it"


def _size_of(header: Header, path: Path) -> Size:
    return size_of(billions_of(header.billions, path))


def _languages_of(header: Header) -> frozenset[str]:
    if any(family in header.names for family in ENGLISH_ONLY):
        return frozenset({English.code})
    return frozenset(HOME)
