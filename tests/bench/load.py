"""Clients that ask one address again and again, each a process with one kept connection and as little Python as works."""

import socket
from multiprocessing import Pool
from time import perf_counter

CLIENTS = 4


def throughput(address, path, seconds, cookie=""):
    """Answers per second from `address` (host, port) to all clients together; anything but 200 ends the run."""
    with Pool(CLIENTS) as pool:
        return sum(pool.starmap(_ask_repeatedly, [(address, path, seconds, cookie)] * CLIENTS))


def _ask_repeatedly(address, path, seconds, cookie):
    head = [f"GET {path} HTTP/1.1", f"Host: {address[0]}:{address[1]}", "Accept-Encoding: br"]
    head += [f"Cookie: {cookie}"] if cookie else []
    request = "\r\n".join([*head, "", ""]).encode()
    with socket.create_connection(address, timeout=30) as connection:
        answers, begun = 0, perf_counter()
        while (elapsed := perf_counter() - begun) < seconds:
            connection.sendall(request)
            _read_answer(connection, path)
            answers += 1
        return answers / elapsed


def _read_answer(connection, path):
    received = b""
    while (end := received.find(b"\r\n\r\n")) < 0:
        received += _more(connection)
    head = received[:end].lower()
    if b" 200 " not in head.split(b"\r\n", 1)[0]:
        raise RuntimeError(f"{path}: {head.splitlines()[0].decode()}")
    length = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
    missing = length - (len(received) - end - 4)
    while missing > 0:
        missing -= len(_more(connection))


def _more(connection):
    if received := connection.recv(65536):
        return received
    raise RuntimeError("the server closed the connection")
