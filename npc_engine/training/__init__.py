"""Training a small model's voice: hand-written lines, multiplied, into a LoRA adapter that says a plan in a manner."""
