"""JSON Schemas of what authors write: an editor completes keys from them and shows what each means.

They are generated from the models that read the files; what a key means comes from `reference.yaml` and `hints.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, get_args, get_origin

from pydantic import BaseModel, TypeAdapter

from npc_engine.content.schema import SEVERAL, annotation_at, bare, fields_of, is_model
from npc_engine.content.texts import SCHEMA
from npc_engine.lang import HOME, pack
from npc_engine.packaged import packaged_yaml
from npc_engine.persona import PHRASES, Persona
from npc_engine.talking_points import Sayings
from npc_engine.world.definitions import AnyFact, Localized

DIALECT = "http://json-schema.org/draft-07/schema#"
"""The dialect that editors' YAML extensions read."""
FOLDER = ".schema"
"""The folder of a world that its schemas lie in: for editors alone, a game never looks there."""
FILES: Mapping[str, Any] = {**SCHEMA, "facts.yaml": list[AnyFact], "persona.yaml": Persona}
"""What each kind of file holds."""


def schema_of(kind: Any, languages: Sequence[str]) -> dict[str, Any]:
    """Return the JSON Schema of a file that holds `kind`, for a world of some languages.

    `kind` is a model, or a list of one.
    """
    schema = TypeAdapter(kind).json_schema(by_alias=True, mode="validation", ref_template="#/definitions/{model}")
    models = {model.__name__: model for model in _models(kind)}
    definitions = schema.pop("$defs", {})
    root = schema if is_model(kind) else None
    for name, model in models.items():
        found = root if root is not None and model is kind else definitions.get(name)
        if found is not None:
            _explain(found, model, languages, definitions)
    _without_titles(schema)
    _without_titles(definitions)
    head = {"$schema": DIALECT, **schema}
    return {**head, "definitions": definitions} if definitions else head


def name_of(file: str) -> str:
    """Return the name of a file's schema: `world.json` for `world.yaml`."""
    return file.removesuffix(".yaml") + ".json"


def modeline(file: str) -> str:
    """Return the comment by which an editor finds the schema of a world's file, by the file's path inside of it."""
    above = "../" * file.count("/")
    kind = {"personas": "persona.yaml", "tests": "tests.yaml"}.get(file.partition("/")[0], file)
    return f"# yaml-language-server: $schema={above}{FOLDER}/{name_of(kind)}\n"


def _models(kind: Any) -> Iterator[type[BaseModel]]:
    """Yield every model below an annotation, each once."""
    seen: set[type[BaseModel]] = set()
    waiting = [kind]
    while waiting:
        annotation = bare(waiting.pop())
        if is_model(annotation):
            if annotation not in seen:
                seen.add(annotation)
                yield annotation
                waiting += [field.annotation for field in annotation.model_fields.values()]
        else:
            waiting += [each for each in get_args(annotation) if not isinstance(each, str)]


def _explain(
    schema: dict[str, Any], model: type[BaseModel], languages: Sequence[str], definitions: dict[str, Any]
) -> None:
    """Put into a model's schema what its keys mean, and which languages its texts stand in."""
    schema.pop("description", None)
    explained = explanations().get(model.__name__, {})
    for key, field in fields_of(model).items():
        place = schema["properties"][key]
        kind = bare(field.annotation)
        if kind == Localized or kind in SEVERAL:
            schema["properties"][key] = place = _in_each(place, languages)
        elif get_origin(kind) is dict and bare(get_args(kind)[1]) == Sayings:
            schema["properties"][key] = place = _phrases(place, languages, definitions)
        elif {"type": "null"} in place.get("anyOf", ()):
            place = schema["properties"][key] = _without_null(place)
        if key in explained:
            schema["properties"][key] = _described(place, explained[key])


def _without_null(place: dict[str, Any]) -> dict[str, Any]:
    """Return a key that may also be nothing as what it is else."""
    rest = [each for each in place["anyOf"] if each != {"type": "null"}]
    return dict(rest[0]) if len(rest) == 1 else {"anyOf": rest}


def _in_each(place: dict[str, Any], languages: Sequence[str]) -> dict[str, Any]:
    """Return a text's schema with the world's languages as keys, any other being a mistake."""
    inside = place.get("additionalProperties", {"type": "string"})
    named = {code: {**inside, "description": pack(code).name} for code in languages}
    return {"type": "object", "properties": named, "additionalProperties": False}


def _phrases(place: dict[str, Any], languages: Sequence[str], definitions: dict[str, Any]) -> dict[str, Any]:
    inside = _in_each(place["additionalProperties"], languages)
    definitions["Sayings"] = inside
    inside = {"$ref": "#/definitions/Sayings"}
    explained = explanations()["phrases"]
    named = {key: _described(inside, explained[key]) if key in explained else inside for key in PHRASES}
    return {
        "type": "object",
        "properties": named,
        "patternProperties": {"^saw_": inside},
        "additionalProperties": False,
    }


def _described(place: dict[str, Any], meaning: tuple[str, ...]) -> dict[str, Any]:
    """Return a key's schema with what it means: what else is said beside a reference, readers may pass over."""
    place = {"allOf": [place]} if "$ref" in place else place
    return {**place, "description": "\n\n".join(meaning)}


@cache
def explanations() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return what each key means in both languages, by the name of its model; phrases under `phrases`."""
    hints: Mapping[str, Mapping[str, Mapping[str, str]]] = packaged_yaml("npc_engine.content", "hints.yaml")
    found = {model: {key: _in_both(said) for key, said in keys.items()} for model, keys in hints.items()}
    for table in packaged_yaml("npc_engine.content", "reference.yaml").values():
        for row in table["rows"]:
            model = _under(table["model"], row["of"]) if "of" in row else table["model"]
            found.setdefault(model, {}).update(dict.fromkeys(row["keys"], _in_both(row)))
    return found


def _in_both(said: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(said[code] for code in HOME)


def _under(model: str, key: str) -> str:
    """Return the name of the model that stands under a key of another."""
    whole = {each.__name__: each for kind in FILES.values() for each in _models(kind)}[model]
    inside = annotation_at(whole, (key, 0))
    inside = inside if is_model(inside) else annotation_at(whole, (key, "*"))
    name: str = inside.__name__
    return name


def _without_titles(schema: Any) -> None:
    """Take out the titles, which say of a key what the key says."""
    if isinstance(schema, dict):
        if isinstance(schema.get("title"), str):
            del schema["title"]
        for value in schema.values():
            _without_titles(value)
    elif isinstance(schema, list):
        for value in schema:
            _without_titles(value)
