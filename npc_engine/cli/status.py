"""Exit statuses that every command shares."""

FAILED = 2
"""Something went wrong that the user can mend."""

STOPPED, UNREAD = 130, 141
"""As shells have them: Ctrl-C, and a reader of the output that has gone, such as `head`."""
