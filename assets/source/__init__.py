"""What draws every picture in `assets/`: standard library only, the same bytes every time."""
