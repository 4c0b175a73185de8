"""How the learned ear is made: hand-written lines with their acts in, the weights of a small network out."""
