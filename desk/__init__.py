"""What a person can do and see: one path for the command line, the pages and the schedule."""
