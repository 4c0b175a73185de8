"""Patterns of what people tell and ask of themselves, a file a language."""
