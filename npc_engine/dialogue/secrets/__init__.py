"""Who may hear what: the guard over a secret's words, and the disguises they are dressed up in."""
