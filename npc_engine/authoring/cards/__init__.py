"""Character cards and lorebooks as people have them, brought into a world and out again; nothing in them is run."""
