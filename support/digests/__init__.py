"""メールで受け取る: what a town can use, by mail, at most once a week, without an account; and one reminder before a call.

Of whoever subscribes nothing is kept but the address and what was chosen. Nobody is shown who they are, neither strangers,
who get one answer for all addresses, nor staff.
"""
