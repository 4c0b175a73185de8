"""The example queries of docs/neo4j.md find what they say, in the village."""

from __future__ import annotations

from itertools import pairwise

from fences import ROOT, blocks

from npc_engine import Engine

from .played import PATIENT
from .server import Server

FALSE, TRUE, PATH = ("bridge", "leads_to", "orchard"), ("mira", "has", "key"), ["mira", "bram", "tomas"]


def test_the_example_queries_find_what_they_say(server: Server) -> None:
    false, rumour, could = (
        block.text for block in blocks() if block.page == "docs/neo4j.md" and block.kind == "cypher"
    )
    how = {"slot": "docs", "timeout": 20.0}
    with Engine.load(
        ROOT / "world", model="none", graph=server.uri, graph_password=server.password, graph_settings=how
    ) as engine:
        for teller, hearer in pairwise(PATH):
            engine.tell(hearer, FALSE, by=teller)
        for who in ("mira", "greta"):
            engine.move(who, "inn")
        engine.flush()
        assert engine.wait_for_graph(PATIENT), engine.status().graph
        assert engine.graph is not None
        statement = ".".join(FALSE)
        believers = {row["who"]: row["told_by"] for row in engine.graph.query(false) if row["believes"] == statement}
        assert believers == {"bram": "mira", "tomas": "bram"}
        assert PATH in [row["through"] for row in engine.graph.query(rumour, {"statement": statement})]
        engine.move("bram", "inn")
        engine.flush()
        assert engine.wait_for_graph(PATIENT)
        rows = engine.graph.query(could, {"statement": statement, "her": "greta"})
        assert {"who": "bram", "met_at": "inn", "knows_it": "told"} in rows
