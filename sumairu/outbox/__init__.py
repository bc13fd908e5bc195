"""Mail on its way: a row written in the transaction of its cause, sent once by the worker.

What is written in a transaction that is rolled back is never sent, and what is committed is not forgotten when a process
ends. `writing` is the way in; `sending` runs in the worker, and nothing else opens a connection to a mail server.
"""
