"""The demo village's pictures and map, and the scripts that draw them."""
