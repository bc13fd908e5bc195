"""A real SMTP server beside the tests, which answers as it is told and keeps what it took."""

import socket
from contextlib import contextmanager
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller


class Inbox:
    """What came, as parsed mails. `answers` are given to the next `RCPT`, `text_answers` to the next texts; then all is taken."""

    def __init__(self):
        self.mails, self.answers, self.text_answers = [], [], []
        self.refuses_sender = False
        self.hangs_up = False  # once the text is here, without an answer

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.refuses_sender:
            return "550 sender rejected"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):
        if self.text_answers:
            return self.text_answers.pop(0)
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        if self.hangs_up:
            server.transport.abort()
        return "250 OK"


@contextmanager
def smtp_server(settings):
    """The inbox of a server that the settings name for as long as it runs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    inbox = Inbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "sumairu.outbox.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    try:
        yield inbox
    finally:
        controller.stop()
