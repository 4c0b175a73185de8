"""Methods that an engine has from its parts: each is declared and documented once, where it is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, overload

Part = TypeVar("Part")
Params = ParamSpec("Params")
Result = TypeVar("Result")


class PartMethod(Generic[Part, Params, Result]):
    """A part's method, called on the whole: `record = PartMethod("_recorder", Recorder.record)`.

    `part` names the attribute that holds the part. Signature, types and docstring are those of the part's method.
    """

    def __init__(self, part: str, method: Callable[Concatenate[Part, Params], Result]) -> None:
        self._part = part
        self._method = method
        self.__doc__ = method.__doc__

    @overload
    def __get__(self, whole: None, owner: type) -> Callable[Concatenate[Part, Params], Result]: ...
    @overload
    def __get__(self, whole: object, owner: type) -> Callable[Params, Result]: ...
    def __get__(self, whole: object | None, owner: type) -> Any:
        """Return the method of this one's part; looked up on the class, the function itself."""
        return self._method if whole is None else getattr(getattr(whole, self._part), self._method.__name__)
