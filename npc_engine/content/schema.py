"""Walking the schema: which model stands at a place in a file, and which texts it holds."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from npc_engine.content.spot import Location, Spot
from npc_engine.talking_points import Sayings, Texts
from npc_engine.world.definitions import Localized, LocalizedList

SEVERAL = (LocalizedList, Texts, Sayings)
"""What holds several texts in each language."""

Model = type[BaseModel]


def fields_of(model: Model) -> dict[str, FieldInfo]:
    """Return a model's fields under the keys an author writes."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def bare(annotation: Any) -> Any:
    """Return an annotation without `Annotated` and without `| None`."""
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation = get_args(annotation)[0]
        elif origin in (Union, types.UnionType):
            rest = [part for part in get_args(annotation) if part is not type(None)]
            if len(rest) != 1:
                return annotation
            annotation = rest[0]
        else:
            return annotation


def is_model(annotation: Any) -> bool:
    """Return whether an annotation is a model."""
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def annotation_at(annotation: Any, location: Location) -> Any:
    """Return what the schema expects at a path of keys and numbers; None where it knows no such place."""
    annotation = bare(annotation)
    for step in location:
        if is_model(annotation):
            field = fields_of(annotation).get(str(step))
            annotation = field.annotation if field else None
        elif get_origin(annotation) is list:
            annotation = get_args(annotation)[0] if isinstance(step, int) else None
        elif get_origin(annotation) is dict:
            annotation = get_args(annotation)[1]
        else:
            annotation = None
        annotation = bare(annotation)
    return annotation


def is_union(annotation: Any) -> bool:
    """Return whether an annotation leaves a choice, such as `str | int | float`."""
    return get_origin(annotation) in (Union, types.UnionType)


@dataclass(frozen=True, slots=True)
class Text:
    """A text in each language, as it stands in a file: its key, and whether it must be there."""

    name: str
    owner: Model
    spot: Spot
    required: bool
    many: bool


def several(spot: Spot) -> Iterator[Spot]:
    """Yield each of several texts in a language: one by itself, those of a list, those with a `when`."""
    for entry in [spot] if spot.text else spot:
        yield entry["text"] if isinstance(entry.value, dict) else entry


def texts_in(annotation: Any, spot: Spot, owner: Model | None = None) -> Iterator[Text]:
    """Yield every text in each language that stands in a spot, in the order of the schema."""
    annotation = bare(annotation)
    if is_model(annotation):
        for key, field in fields_of(annotation).items():
            child, kind = spot[key], bare(field.annotation)
            if not child.there:
                continue
            if kind == Localized or kind in SEVERAL:
                yield Text(key, annotation, child, field.is_required(), kind in SEVERAL)
            else:
                yield from texts_in(kind, child, annotation)
    elif get_origin(annotation) is list:
        inner = get_args(annotation)[0]
        for entry in [spot] if isinstance(spot.value, dict) else spot:
            yield from texts_in(inner, entry, owner)
    elif get_origin(annotation) is dict:
        inner = bare(get_args(annotation)[1])
        for key, _, value in spot.pairs():
            if inner in SEVERAL and owner is not None:
                yield Text(key, owner, value, required=False, many=True)
            else:
                yield from texts_in(inner, value, owner)
