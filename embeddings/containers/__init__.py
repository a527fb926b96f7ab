"""Files that hold other files: archives and mails, opened within limits, nothing of them ever written to a disk."""
