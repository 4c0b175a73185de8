"""Pictures of a world for its designers: who is related to whom, what somebody believes and hides, how a life went."""

from npc_engine.pictures.known import Known
from npc_engine.pictures.life import draw_life
from npc_engine.pictures.mind import draw_mind
from npc_engine.pictures.picture import Picture
from npc_engine.pictures.society import draw_society
from npc_engine.pictures.writing import write_picture

__all__ = ["Known", "Picture", "draw_life", "draw_mind", "draw_society", "write_picture"]
