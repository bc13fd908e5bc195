"""Links that act: who holds one may do the one thing it is for, once, without an account.

A mail carries the address of such a link. Opening it shows what will happen and changes nothing, since mail scanners open
links, too; the button there does it. What links are for is told by the apps in their `links.py` (see `purposes`).
"""
