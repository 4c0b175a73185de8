"""The parser for declared relations: links names, finds the relation, and reads a question into queries."""
