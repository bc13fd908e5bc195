"""How gunicorn serves the portal; the environment may change what differs from host to host."""

import gc
import os
import signal
import socket
import struct
from pathlib import Path

from django.urls import get_resolver

from sumairu import logs

bind = os.environ.get("BIND", "0.0.0.0:8000")
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
# Once, before forking: workers share what they read, and settings that are refused stop the server, not each worker.
preload_app = True
timeout = 60
graceful_timeout = 30
# Who begins a request and then says nothing, or takes nothing of the answer, is let go of after so many seconds: a phone
# that lost its network would else hold one of eight threads for good. The kernel counts, whatever gunicorn is at; it does
# not where gunicorn leaves a whole file to it.
silent_for = int(os.environ.get("SILENT_FOR", "30"))
sendfile = False
# Longer than a proxy keeps a connection idle, so that it is the proxy that closes it.
keepalive = 75
# No header speaks for the server, from whatever address it comes: a visitor behind a proxy on this host would else say
# SCRIPT_NAME, and every kept page would lead there. TLS is told of by PROXY_SSL_HEADER, which Django reads.
forwarded_allow_ips = ""
forwarder_headers = ""
secure_scheme_headers = {}
# Heartbeats go to memory: a container's disk may be slow, or not writable at all.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
control_socket_disable = True

# One line per request comes from sumairu.middleware, with the request's id; gunicorn's own would be a second.
accesslog = None
if os.environ.get("SUMAIRU_MODE") == "demo":
    logconfig_dict = logs.to_stdout("WARNING", "plain")
else:
    logconfig_dict = logs.to_stdout("INFO")


def post_worker_init(worker):
    """Ctrl-C reaches every process of a terminal: let the parent alone act on it, or workers may be stopped twice."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def when_ready(server):
    """Read in every page's code before forking, and keep the garbage collector from it: workers share it for good.

    What else is alive is then so little that the collector may go through it often, so that little waits to be freed.
    """
    for listener in server.LISTENERS:  # connections inherit it
        for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            listener.sock.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", silent_for, 0))
    get_resolver().check()
    gc.collect()
    gc.freeze()
    gc.set_threshold(700, 5, 2)
