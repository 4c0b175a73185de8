"""The world graph on a Neo4j server: written beside the game, and read by designers, tools and other games."""

from npc_engine.graphs.fold import Fold, folded
from npc_engine.graphs.follower import Follower, GraphStatus, Standing
from npc_engine.graphs.reading import GraphWorld
from npc_engine.graphs.settings import GraphSettings

__all__ = ["Fold", "Follower", "GraphSettings", "GraphStatus", "GraphWorld", "Standing", "folded"]
