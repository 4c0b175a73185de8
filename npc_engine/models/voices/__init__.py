"""Adapters that come with the engine, each with its card."""
