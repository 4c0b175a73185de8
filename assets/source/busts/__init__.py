"""One file a person: their face, hair, clothes and the light behind them."""
