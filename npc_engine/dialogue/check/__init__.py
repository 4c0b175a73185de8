"""Is what a model wrote faithful to the plan? Words and plan in, a fault out; no model, no mind."""
