"""What makes and carries content: new worlds, characters' cards, translators' files. A game has no use for it."""
