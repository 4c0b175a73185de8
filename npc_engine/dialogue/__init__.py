"""One turn of talk, a file a step: hear, recall, decide, speak, check, commit."""
