"""Content: a folder of YAML as writers keep it, read into a world, each mistake pointed out in its place."""

from npc_engine.content.loading import Content, Examination, check_content, examine, load_content
from npc_engine.content.watcher import ContentWatcher

__all__ = ["Content", "ContentWatcher", "Examination", "check_content", "examine", "load_content"]
