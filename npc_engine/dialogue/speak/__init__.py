"""Surface realization: a plan in, words out. The only room that may call a model."""
