"""Who someone is: the persona a writer authors in YAML."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from npc_engine.world.definitions import (
    AnyConditions,
    Definition,
    Entity,
    Fact,
    Freedom,
    GameTime,
    Identifier,
    Localized,
    LocalizedList,
    Signed,
    Unit,
)

ClockTime = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""A time of day: `06:30`."""

PHRASES: dict[str, str] = {
    "greeting": "said on being greeted",
    "greeting_morning": "said on being greeted before noon",
    "greeting_evening": "said on being greeted after dusk",
    "greeting_friend": "said on being greeted by someone they like",
    "greeting_cold": "said on being greeted by someone they dislike",
    "farewell": "said at parting",
    "unknown": "said when they don't know what was asked; {topic} stands for it",
    "unknown_name": "said when they never heard of someone or something; {topic} stands for it",
    "hearsay": "put before what they only heard; {source} stands for who said it",
    "unsure": "put before what they are not sure of",
    "yes": "put before an answer that says yes",
    "no": "put before an answer that says no",
    "opening": "put before an answer, now and then",
    "closing": "put after an answer, now and then",
    "refuse": "said when they won't do what was asked",
    "comply": "said when they do what was asked",
    "deflect": "said when they won't speak of something",
    "confided": "said when asked for what was confided to them; {whom} and {his} stand for who confided it",
    "private": "said when asked for what is somebody's own affair; {whom} and {his} stand for who that is",
    "keeps": "said on being asked to keep what was said to themselves",
    "not_here": "said to someone who may know, when others who may not are listening",
    "overheard": "said when asked for what they only overheard",
    "lets_slip": "said by the indiscreet when asked for what was confided to them; {whom} stands for who confided it",
    "learned": "said when told something they did not know",
    "known": "said when told something they know already",
    "doubt": "said when told something they don't believe",
    "thanks": "said on being thanked",
    "insult": "said on being insulted",
    "threat": "said on being threatened",
    "compliment": "said on being flattered",
    "enough": "said on being flattered again and again",
    "promise": "said on being promised something",
    "apology": "said on being told that someone is sorry",
    "doing": "said on being asked what they are doing; {doing} stands for it",
    "liked": "said of someone they like, on being asked what they think of them; {whom} stands for them",
    "disliked": "said of someone they dislike; {whom} stands for them",
    "trusted": "said of someone they trust; {whom} stands for them",
    "mistrusted": "said of someone they don't trust; {whom} stands for them",
    "feared": "said of someone they are afraid of; {whom} stands for them",
    "unafraid": "said of someone they are not afraid of, on being asked; {whom} stands for them",
    "undecided": "said of someone they neither like nor dislike, nor trust nor mistrust; {whom} stands for them",
    "stranger": "said of someone they hardly know; {whom} stands for them",
    "small_talk": "said when nothing in particular was asked",
    "confused": "said when they can't make sense of what was said",
    "fiction": "said when someone talks as if this were a game or they a machine",
    "again": "said when asked the same once more",
    "remember": "put before what was said to them earlier; {memory} stands for it",
    "bark": "said to nobody in particular when someone passes",
    "greet_again": "said on being greeted again the same day",
    "compliment_work": "said on being praised for their work",
    "flirt": "said on being courted",
    "comfort": "said on being comforted",
    "congratulate": "said on being congratulated",
    "joke": "said when someone jokes or teases",
    "laugh": "said when someone laughs",
    "acknowledge": "said to an “I see” or a “hm”",
    "silence": "said when someone says nothing",
    "gibberish": "said to what is no language",
    "swear": "said when someone swears at nobody",
    "introduce": "said on being told a name",
    "tell_hurt": "said to someone hurt or ill",
    "tell_tired": "said to someone tired, hungry or cold",
    "tell_sad": "said to someone sad",
    "tell_grief": "said to someone who lost somebody",
    "tell_glad": "said to someone glad",
    "tell_afraid": "said to someone afraid",
    "tell_angry": "said to someone angry",
    "tell_ashamed": "said to someone ashamed",
    "tell_lost": "said to someone who lost their way",
    "tell_in_love": "said to someone in love",
    "tell_poor": "said to someone without money",
    "tell_state": "said when someone says how they are",
    "tell_news": "said on being told news",
    "report": "said on being told what others say",
    "guess": "said to a guess",
    "accuse": "said on being accused",
    "confess": "said when someone confesses",
    "confide": "said on being told in confidence",
    "correct": "said on being corrected",
    "agree": "said when someone agrees",
    "disagree": "said when someone disagrees",
    "yes_heard": "said to a bare yes",
    "no_heard": "said to a bare no",
    "dont_know": "said when someone does not know",
    "accept": "said when an offer is taken",
    "refuse_heard": "said when an offer is turned down",
    "complain": "said to a complaint",
    "dare": "said on being dared",
    "show": "said on being shown something",
    "invite": "said on being invited",
    "offer_help": "said on being offered help",
    "offer_thing": "said on being offered a thing",
    "beg": "said on being begged",
    "bribe": "said on being bribed",
    "haggle": "said when someone haggles",
    "order": "said on being ordered about",
    "forbid": "said on being told not to do something",
    "fish": "said when someone presses for a secret",
    "request": "said on being asked for what they do not offer",
    "request_help": "said on being asked for help",
    "ask_opinion": "said when asked for a view they do not have",
    "ask_advice": "said on being asked for advice",
    "ask_recommend": "said on being asked what to take",
    "ask_guess": "said on being asked to guess",
    "ask_way": "said on being asked a way they do not know",
    "ask_talk": "said when asked about talk they do not recall",
    "ask_why": "said on being asked why",
    "ask_how_known": "said on being asked how they know",
    "ask_more": "said on being asked to go on",
    "ask_sure": "said on being asked whether they are sure",
    "ask_mean": "said on not being understood",
    "ask_joke": "said on being asked for a joke or a story",
    "ask_quest": "said on being asked for work",
    "ask_near": "said on being asked who is near",
    "ask_news": "said on being asked for news",
    "ask_time": "said on being asked the time",
    "ask_date": "said on being asked the day",
    "ask_place": "said on being asked where this is",
    "ask_weather": "said on being asked about the weather",
    "inject": "said when someone commands a machine",
    "known_from": "said on being asked how they know what they heard; {whom} stands for who told them",
    "known_self": "said on being asked how they know what they know by themselves",
    "known_inferred": "said on being asked how they know what they worked out",
    "ask_back": "a question of theirs to someone who has nothing to ask",
    "change_subject": "said to change the subject",
    "end_talk": "said to end a talk that goes nowhere",
    "thinking": "said while they think",
    "impatient": "said on losing patience",
    "welcome_back": "said on being greeted after days",
    "name_unknown": "said when asked a name they were never told",
    "scene_time": "says the time; {hour} and {part} stand for it",
    "scene_date": "says the day; {weekday}, {day} and {month} stand for it",
    "scene_place": "says where this is; {place} stands for it",
    "scene_near": "says who is near; {topic} stands for them",
    "tell_home": "said when someone tells of their home",
    "tell_work": "said when someone tells of their work",
    "tell_family": "said when someone tells of their family",
    "tell_likes": "said when someone tells of their tastes",
    "tell_dislikes": "said when someone tells of their dislikes",
    "tell_fear": "said when someone tells of their fears",
    "tell_wish": "said when someone tells of their wishes",
    "tell_plan": "said when someone tells of their plans",
    "tell_possession": "said when someone tells of their possessions",
    "tell_skill": "said when someone tells of their skills",
    "tell_past": "said when someone tells of their past",
    "tell_belief": "said when someone tells of their beliefs",
    "ask_identity": "said on being asked about their identity when nothing else is known",
    "ask_age": "said on being asked about their age when nothing else is known",
    "ask_work": "said on being asked about their work when nothing else is known",
    "ask_family": "said on being asked about their family when nothing else is known",
    "ask_past": "said on being asked about their past when nothing else is known",
    "ask_day": "said on being asked about their day when nothing else is known",
    "ask_home": "said on being asked about their home when nothing else is known",
    "ask_health": "said on being asked about their health when nothing else is known",
    "ask_mood": "said on being asked about their mood when nothing else is known",
    "ask_tastes": "said on being asked about their tastes when nothing else is known",
    "ask_belief": "said on being asked about their belief when nothing else is known",
    "ask_plans": "said on being asked about their plans when nothing else is known",
    "ask_dreams": "said on being asked about their dreams when nothing else is known",
    "ask_fears": "said on being asked about their fears when nothing else is known",
    "ask_skills": "said on being asked about their skills when nothing else is known",
    "ask_possessions": "said on being asked about their possessions when nothing else is known",
    "told_name": "reminds someone of their name; {value} stands for it",
    "told_family": "reminds someone of their people and animals; {value} stands for it",
    "told_kin_work": "reminds someone of their people's work; {value} stands for it",
    "told_favourite": "reminds someone of their favourites; {value} stands for it",
    "told_home": "reminds someone of their home; {value} stands for it",
    "told_work": "reminds someone of their work; {value} stands for it",
    "told_likes": "reminds someone of their tastes; {value} stands for it",
    "told_dislikes": "reminds someone of their dislikes; {value} stands for it",
    "told_fears": "reminds someone of their fears; {value} stands for it",
    "told_wish": "reminds someone of their wishes; {value} stands for it",
    "told_plan": "reminds someone of their plans; {value} stands for it",
}
"""The keys of `phrases`, and when each is said."""


class Sample(Definition):
    """One thing said to this person and how they answer: the model learns their manner from it."""

    said: Localized
    reply: Localized


class Voice(Definition):
    """How someone speaks: register, quirks, sample exchanges, and words they would never use."""

    register_: Localized = Field(alias="register")
    quirks: LocalizedList = Field(default_factory=dict)
    samples: list[Sample] = Field(default_factory=list)
    never: LocalizedList = Field(default_factory=dict)
    stage_directions: bool = False
    """Whether a model may write what they do into what they say: *sighs*, (smiles)."""


Manner = Literal[
    "warm", "dry", "gruff", "courtly", "childlike", "sly", "pious", "cheerful", "melancholy", "scholarly", "coarse",
    "shy",
]  # fmt: skip
"""The temperaments that the repertoire has lines for."""


class Temperament(Definition):
    """How someone is inclined, each from 0 to 1, 0.5 being like most people."""

    talkative: Unit = 0.5
    trusting: Unit = 0.5
    forgiving: Unit = 0.5
    honest: Unit = 0.8
    """Below `npc_engine.mind.discretion.LIES`, who keeps something back denies knowing it."""
    cheerful: Unit = 0.5
    manner: Manner | None = None
    """Whose lines they draw on where the author wrote none; what the traits come near where missing."""
    discreet: Unit = 0.5
    """How well they keep to themselves what concerns others; talkative people less well."""


class AuthoredBelief(Definition):
    """Something believed when the game begins, true or not.

    `source` is `saw`, `authored`, `inferred` or `told by NAME`; `confidence` runs from 0 to 1.
    """

    fact: Fact
    holds: bool = True
    qualifiers: dict[Identifier, str | int | float] = Field(default_factory=dict, alias="with")
    confidence: Unit = 0.9
    source: str = "authored"
    between_us: bool = False
    """Whether it was told them in confidence: it stays between them and who told it."""


def _outright(value: Any) -> Any:
    """Take `tomas has gold` for `{fact: tomas has gold}`."""
    return {"fact": value} if isinstance(value, str) else value


class Lie(Definition):
    """What is claimed in a secret's place; with `holds: false` what is denied."""

    fact: Fact
    holds: bool = True
    qualifiers: dict[Identifier, str | int | float] = Field(default_factory=dict, alias="with")


class Secret(Definition):
    """Something known that is told only when the conditions hold.

    `facts` are the statements it covers, `words` what gives it away in either language. Until any of `when`
    holds, at most `hint` is said, or `cover` in its place. Where there is a `lie`, it is told instead, in the words
    of `cover` the first time, and anyone who hears it may believe it.
    """

    id: Identifier
    facts: list[Fact] = Field(min_length=1)
    words: LocalizedList = Field(default_factory=dict)
    when: AnyConditions = Field(min_length=1)
    hint: Localized = Field(default_factory=dict)
    cover: Localized = Field(default_factory=dict)
    reveal: Localized = Field(default_factory=dict)
    """What is said when it is told at last; the facts' own wording where this is missing."""
    lie: Annotated[Lie, BeforeValidator(_outright)] | None = None


class Goal(Definition):
    """Something wanted; `until` says when it is reached."""

    id: Identifier
    text: Localized
    until: AnyConditions = Field(default_factory=list)


class Relationship(Definition):
    """What someone feels toward another when the game begins, and why."""

    affinity: Signed = 0.0
    trust: Signed = 0.0
    fear: Unit = 0.0
    familiarity: Unit = 0.0
    note: Localized = Field(default_factory=dict)


class Appointment(Definition):
    """Where someone is from a time of day on, and what they do there."""

    from_: ClockTime = Field(alias="from")
    place: Identifier
    doing: Localized = Field(default_factory=dict)


class Offer(Definition):
    """An action this person will do for someone who asks, once the conditions hold.

    `refuse` is said while they don't, `comply` when they do; the persona's own phrases where missing.
    """

    action: Identifier
    when: AnyConditions = Field(default_factory=list)
    comply: Localized = Field(default_factory=dict)
    refuse: Localized = Field(default_factory=dict)


def _pattern(value: Any) -> Any:
    if isinstance(value, str) and len(value.split()) != 3:
        raise ValueError("three words, of which any may be '*': 'tomas owes mira', 'bridge * *'")
    return value


Pattern = Annotated[str, BeforeValidator(_pattern)]
"""A fact in which any of the three words may be `*`."""


class Passage(Definition):
    """Something of one NPC, told when it is asked about: `says` are texts that are used in turn."""

    topic: Literal[
        "identity", "age", "work", "family", "past", "day", "home", "health", "mood", "tastes", "belief", "plans",
        "dreams", "fears", "skills", "possessions",
    ]  # fmt: skip
    says: LocalizedList
    when: AnyConditions = Field(default_factory=list)


class Persona(Definition):
    """Everything a writer says of one NPC."""

    id: Identifier
    names: Localized
    aliases: LocalizedList = Field(default_factory=dict)
    formerly: list[Identifier] = Field(default_factory=list)
    """Ids they had before: in saves from then they mean this person."""
    pronoun: Literal["she", "he", "they", "it"] = "they"
    role: Localized
    summary: Localized
    traits: LocalizedList = Field(default_factory=dict)
    temperament: Temperament = Temperament()
    voice: Voice
    knows: list[Pattern] = Field(default_factory=list)
    beliefs: list[AuthoredBelief] = Field(default_factory=list)
    secrets: list[Secret] = Field(default_factory=list)
    goals: list[Goal] = Field(default_factory=list)
    relationships: dict[str, Relationship] = Field(default_factory=dict)
    schedule: list[Appointment] = Field(default_factory=list)
    offers: list[Offer] = Field(default_factory=list)
    phrases: dict[str, LocalizedList] = Field(default_factory=dict)
    about: list[Passage] = Field(default_factory=list)
    """What they say of themself when asked: of their family, their past, what they like."""
    horizon: GameTime | None = None
    """Of what came after this game time they know nothing, until they see it or are told."""
    home: Identifier | None = None
    portrait: str | None = None
    freedom: Freedom | None = None
    """What a model may do for this person; what the world says where missing."""

    @property
    def entity(self) -> Entity:
        """This person as an entity of the world."""
        return Entity(
            id=self.id,
            kind="person",
            names=self.names,
            aliases=self.aliases,
            formerly=self.formerly,
            pronoun=self.pronoun,
            summary=self.role,
        )

    def says(self, key: str, language: str) -> list[str]:
        """Return this person's own phrases for an occasion in a language; none where the author wrote none."""
        return self.phrases.get(key, {}).get(language, [])
