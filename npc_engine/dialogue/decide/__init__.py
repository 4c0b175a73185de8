"""What the answer will convey: a reading in, a plan out. Pure code; no model and no raw text."""
