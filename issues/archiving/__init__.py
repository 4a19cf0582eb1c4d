"""An issue as one file that can be read without this program, and restored by it.

What is in such a file stands in docs/archive.md.
"""

FORMAT = "newsroom issue archive"
VERSION = 1
