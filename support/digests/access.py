"""Nobody sees who subscribes: without a rule there is no list of them. How many were written to stands in the outbox."""

RULES = {}
