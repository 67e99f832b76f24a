"""The window (窗口): the year's steps for a clerk who has no command line."""
