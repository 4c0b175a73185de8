"""What was said, as the NPC takes it: text in, a reading out. Looks up names and relations, never a mind."""
