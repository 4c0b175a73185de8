"""What a question asks, as code works with it: a relation, what stands on either side of it, and what is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["subject", "object"]
"""The two sides of a relation."""

POSSESSION = "has"
"""The relation of having something."""


@dataclass(frozen=True, slots=True)
class Term:
    """Something a question speaks of, in the speaker's own words (`text`).

    It is named (`entity`), or stands in a relation to another term (`link`: 'her brother'), or is several at
    once (`parts`: 'Mira and Tomas').
    """

    text: str
    entity: str | None = None
    link: RelationPhrase | None = None
    parts: tuple[Term, ...] = ()

    def named(self) -> tuple[str, ...]:
        """Return every entity it names, however deep."""
        if self.entity:
            return (self.entity,)
        inner = self.parts or ((self.link.given,) if self.link and self.link.given else ())
        return tuple(entity for term in inner for entity in term.named())


@dataclass(frozen=True, slots=True)
class RelationPhrase:
    """Those that stand in a relation to `given`: 'the sister of Mira', 'who owns the mill', 'the baker' (by `value`).

    `predicates` may be meant, the likeliest first. `role` is the side on which `given` stands, None where the
    word leaves it open; `gender` the pronoun of those meant by a word such as 'sister'.
    """

    predicates: tuple[str, ...]
    given: Term | None = None
    role: Role | None = None
    gender: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A question about one relation.

    A side that is None is what is wanted; `values` are those of a predicate's values that are named. `yes_no`
    asks whether it is so, `count` how many there are, `every` for all there are; `question_word` is such as `who`;
    `gender` the pronoun of those wanted; `amount` a number that is asked about; `negated` asks of what is not so,
    `only` whether it is so of this one rather than another; `unread` whether words beside it say nothing
    here; `fits` how well the words bear this reading out, for comparing two readings of the same words.
    """

    predicate: str
    subject: Term | None = None
    object: Term | None = None
    values: tuple[str, ...] = ()
    question_word: str | None = None
    yes_no: bool = False
    count: bool = False
    every: bool = False
    negated: bool = False
    only: bool = False
    gender: str | None = None
    amount: float | None = None
    unread: bool = False
    fits: float = 0.0

    @property
    def is_of_something_unread(self) -> bool:
        """Whether it names neither side, beside words that may: 'How much is a bowl?', where nobody knows of bowls."""
        return self.unread and self.subject is None and self.object is None


@dataclass(frozen=True, slots=True)
class Taste:
    """A matter of taste that is asked about: whether a `thing` is liked, or which one `among` several is the favourite.

    Who asks what somebody `thinks` of a thing may ask for what is known of it as well. Of a favourite, `thing` is what
    kind it is of: colour, season. What is to `nobodys` taste is liked by none: war, pain. What somebody is `fond` of,
    or `averse` to, has no thing: it is what is asked for.
    """

    kind: Literal["likes", "thinks", "favourite", "fond", "averse"]
    thing: str
    among: tuple[str, ...] = ()
    nobodys: bool = False


@dataclass(frozen=True, slots=True)
class LifeMatter:
    """A matter of somebody's own life that they are asked about, by its `name`: children, pets, origin …

    `what` is what was asked for, in the speaker's word, where the matter has kinds: a dog, a brother; `more` tells that
    more is asked than who or what there is: 'Is your father good to you?' `heard` is the topic that the ear has for it.
    """

    name: str
    what: str = ""
    more: bool = False
    heard: str = ""
