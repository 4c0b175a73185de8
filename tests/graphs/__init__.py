"""The world graph on a real Neo4j server."""
