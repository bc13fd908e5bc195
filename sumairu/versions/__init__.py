"""What every record was, and who changed it.

`tracked` says which records there are and which rows lie beneath each; `snapshots` is what one is at a moment;
`recording` makes `models.Version`s of what a way in does. On them stand `comparing` and `merging` (two people at one
record), `words`, `history` (of one record), `who_changed_what` (over everything) and `files`.
"""
