"""A large model: it words the whole of a plan, or in free mode chooses among what may be told."""

from __future__ import annotations

from npc_engine.dialogue.scene import Scene, Turn
from npc_engine.dialogue.speak.free import FreeSpeaker
from npc_engine.dialogue.speak.guided import GuidedSpeaker
from npc_engine.dialogue.speak.offering import is_free, offered
from npc_engine.dialogue.speak.prompting import prefix
from npc_engine.dialogue.speak.realization import Outline
from npc_engine.dialogue.speak.small import is_for_models
from npc_engine.dialogue.types import Spoken
from npc_engine.models.model import Message, ModelInfo
from npc_engine.text import Language
from npc_engine.world.definitions import Improvise


class Large:
    """Has all of a plan worded that no author wrote; in free mode the model chooses from a list."""

    def say(self, turn: Turn, parts: Outline) -> Spoken:
        """Say a turn's plan; see `Realizer`."""
        if not is_for_models(turn.plan):
            return GuidedSpeaker(turn).say_by_code(parts)
        if is_free(turn.plan, turn.scene, turn.model.info):
            with turn.state:
                items = offered(turn)
            return FreeSpeaker(turn).choose(parts, items)
        return GuidedSpeaker(turn).say(Outline((), tuple(parts.sentences(turn.language)), ()))

    def beginning(
        self, scene: Scene, info: ModelInfo, language: Language, improvise: Improvise | None = None
    ) -> tuple[Message, ...]:
        """Return what every prompt begins with; see `Realizer`."""
        return prefix(scene, info, language)
