"""Every word that a model reads, a file a language."""
