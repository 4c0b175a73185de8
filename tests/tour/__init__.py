"""A recorded tour of the worlds: what players say stands in `*.yaml` here, what came of it in `recorded/`.

A script's steps are lines said in the talk in hand, or mappings of one verb (see `Tour` in `playing.py`).
`tests/test_tour.py` walks them all again and compares word for word. Where the engine is meant to answer otherwise,
record again and read the diff:

    python -m tests.tour
"""
