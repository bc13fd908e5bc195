"""What changed of what the public sees: for every public row what it last said (`LastPublic`), and what became of it (`Update`).

The ledger looks at nothing but what is public, as the files that anybody may download have it, so that no draft can come
into it by any way. Whatever changes a public row tells `ledger.touched`; the worker compares it with what it last said.
"""
