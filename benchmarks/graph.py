"""The world graph on a Neo4j server beside the one in memory: writing, following, asking, and what the game pays.

Without `--graph` a server of the tests' own is started (tests/graphs/README.md).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random

import neo4j

from benchmarks.measure import WORLD, header, row
from npc_engine import Engine
from npc_engine.graphs import Fold, GraphSettings, GraphWorld
from npc_engine.graphs.cypher import NODE
from npc_engine.graphs.opening import open_bolt
from npc_engine.graphs.store import AT_ONCE, GraphStore, Mark
from npc_engine.mind import CompiledWorld
from npc_engine.world import Entity, Predicate, World
from npc_engine.world.asking import Askable
from npc_engine.world.definitions import FactDefinition

STATEMENTS, THINGS = 100_000, 10_000
EVENTS, PACE, SECONDS = 3_000, 200, 20
ASKED = 300
LIBRARIES = ("py2neo", "neo4j")


def measure(uri: str | None) -> None:
    """Print the figures, on the server at an address or on one of our own."""
    with _server(uri) as settings:
        compiled = _world()
        print(f"\nA world of {STATEMENTS:,} statements about {THINGS:,} things, on {_version(settings('py2neo'))}")
        memory = World(compiled.entities, compiled.predicates, compiled.facts)
        for library in LIBRARIES:
            _pushed(compiled, settings(library))
        _bare(compiled, settings("neo4j"))
        print(header("asking it, ms"))
        _asked("in memory (networkx)", memory)
        for library in LIBRARIES:
            world = GraphWorld.at(settings(library), compiled.predicates, "bench")
            world.query("RETURN 1 AS one")
            _asked(f"on the server, through {library}", world)
            world.close()
        for library in LIBRARIES:
            _followed(settings(library))
        _paid(settings("py2neo"))


@contextmanager
def _server(uri: str | None) -> Iterator[Callable[[str], GraphSettings]]:
    def of(library: str, at: str, password: str | None) -> GraphSettings:
        return GraphSettings.of(at, password, {"library": library, "slot": f"bench-{library}", "timeout": 60.0})

    if uri is not None:
        yield lambda library: of(library, uri, None)
        return
    from tests.graphs.server import running

    with running() as server:
        yield lambda library: of(library, server.uri, server.password)


def _version(settings: GraphSettings) -> str:
    bolt = open_bolt(settings)
    bolt.close()
    return f"Neo4j {bolt.server}, through {bolt.library} and neo4j {neo4j.__version__}"


def _world() -> CompiledWorld:
    chance = Random(1)
    rules = [f"rule_{number}" for number in range(20)]
    things = [f"thing_{number}" for number in range(THINGS)]
    predicates = {one: Predicate(id=one, wording={"en": "{subject} {object}"}) for one in rules}
    facts = {f"{chance.choice(things)} {chance.choice(rules)} {chance.choice(things)}" for _ in range(STATEMENTS)}
    while len(facts) < STATEMENTS:
        facts.add(f"{chance.choice(things)} {chance.choice(rules)} {chance.choice(things)}")
    entities = {one: Entity(id=one, names={"en": one}) for one in things}
    return CompiledWorld(entities, predicates, tuple(FactDefinition(fact=fact) for fact in sorted(facts)))


def _pushed(compiled: CompiledWorld, settings: GraphSettings) -> None:
    bolt = open_bolt(settings)
    store = GraphStore(bolt, "bench", settings.slot, "bench")
    store.prepare()
    store.clear()
    begun = time.perf_counter()
    delta = Fold(compiled).delta()
    folded = time.perf_counter()
    store.write(delta, Mark(0, "", ""))
    took = time.perf_counter() - folded
    rate = f"{STATEMENTS / took:8,.0f} statements/s"
    print(f"pushed through {settings.library:<8} {rate} ({took:.1f} s, and {folded - begun:.1f} s to work it out)")
    bolt.close()


def _bare(compiled: CompiledWorld, settings: GraphSettings) -> None:
    """Print what the driver takes for the same nodes and relationships, with nothing of ours."""
    rows = [key for key in Fold(compiled).delta().new if not isinstance(key, str)]
    nodes = [{"key": f"bare|{one}"} for one in compiled.entities]
    ends = [{"a": f"bare|{a[2:]}", "b": f"bare|{b[2:]}", "id": within} for _, a, b, within in rows]
    uri, auth = settings.uri, (settings.user, settings.password)
    with neo4j.GraphDatabase.driver(uri, auth=auth) as driver, driver.session() as session:
        begun = time.perf_counter()
        for start in range(0, len(nodes), AT_ONCE):
            made = f"UNWIND $rows AS row CREATE (n:{NODE}) SET n = row"
            session.run(made, rows=nodes[start : start + AT_ONCE]).consume()
        joined = f"UNWIND $rows AS row MATCH (a:{NODE} {{key: row.a}}) MATCH (b:{NODE} {{key: row.b}}) "
        for start in range(0, len(ends), AT_ONCE):
            session.run(joined + "CREATE (a)-[:RULE {id: row.id}]->(b)", rows=ends[start : start + AT_ONCE]).consume()
        took = time.perf_counter() - begun
        print(f"the bare driver's UNWIND {STATEMENTS / took:8,.0f} statements/s ({took:.1f} s; of each only its id)")
        for start in range(0, len(nodes), AT_ONCE):
            keys = [one["key"] for one in nodes[start : start + AT_ONCE]]
            session.run(f"UNWIND $keys AS key MATCH (n:{NODE} {{key: key}}) DETACH DELETE n", keys=keys).consume()


def _asked(name: str, world: Askable) -> None:
    chance = Random(2)
    asked: list[float] = []
    around: list[float] = []
    for _ in range(ASKED):
        thing, rule = f"thing_{chance.randrange(THINGS)}", f"rule_{chance.randrange(20)}"
        begun = time.perf_counter()
        world.ask(thing, rule)
        asked.append((time.perf_counter() - begun) * 1000)
        begun = time.perf_counter()
        world.around(thing, 2)
        around.append((time.perf_counter() - begun) * 1000)
    print(row(f"{name}: ask", asked))
    print(row(f"{name}: what is two edges around", around))


def _playing(settings: GraphSettings | None) -> Engine:
    if settings is None:
        return Engine.load(WORLD, model="none")
    given = {"library": settings.library, "slot": f"played-{settings.library}", "timeout": 60.0}
    return Engine.load(
        WORLD, model="none", graph=settings.uri_of_user, graph_password=settings.password, graph_settings=given
    )


def _record(engine: Engine, chance: Random) -> None:
    state = chance.choice(["sound", "destroyed"])
    there = chance.sample(sorted(engine.people), 3)
    engine.record("The bridge is seen to.", changes=[("bridge", "condition", state)], audience=there)


def _followed(settings: GraphSettings) -> None:
    chance = Random(3)
    with _playing(settings) as engine:
        engine.wait_for_graph()
        begun = time.perf_counter()
        for _ in range(EVENTS):
            _record(engine, chance)
        recorded = time.perf_counter() - begun
        engine.flush()
        engine.wait_for_graph()
        took = time.perf_counter() - begun
        print(f"\nfollowing through {settings.library}: {EVENTS:,} events of 3 hearers in {took:.1f} s, "
              f"{EVENTS / took:,.0f} events/s; the game took {recorded:.1f} s to record them")  # fmt: skip
        lags: list[float] = []
        begun = time.perf_counter()
        for number in range(PACE * SECONDS):
            _record(engine, chance)
            if number % 20 == 0 and (graph := engine.status().graph):
                lags.append(graph.lag)
            time.sleep(max(0.0, begun + (number + 1) / PACE - time.perf_counter()))
        paced = PACE * SECONDS / (time.perf_counter() - begun)
        print(header(f"how far behind it is at {paced:.0f} events/s, in events"))
        print(row(f"through {settings.library}", lags, "events"))


def _paid(settings: GraphSettings) -> None:
    """Print what the game's thread takes to record an event, with and without a graph, at a game's pace.

    Its own time is what the processor spends on it; the rest is waiting for a processor or for Python's lock.
    """
    print(header("what the game's thread takes for an event, ms"))
    for name, one in (("without a graph", None), ("followed into a graph", settings)):
        chance, took, own = Random(4), [], []
        with _playing(one) as engine:
            engine.wait_for_graph()
            for _ in range(1000):
                begun, spent = time.perf_counter(), time.thread_time()
                _record(engine, chance)
                took.append((time.perf_counter() - begun) * 1000)
                own.append((time.thread_time() - spent) * 1000)
                time.sleep(0.004)
        print(f"{row(name, took)}; mean {sum(took) / len(took):.3f}")
        print(f"{row(f'{name}, its own time', own)}; mean {sum(own) / len(own):.3f}")
