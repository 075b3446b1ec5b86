"""Imports on their way: uploaded, checked in a process of their own, looked at, confirmed.

work     what that process does: check a file, load what its preview showed
job      starting it, and telling whether it is still alive
progress how far it has come, in a file, because SQLite has one writer
"""
