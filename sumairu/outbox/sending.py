"""Sending what waits: each message by whoever claims it, by one conditional UPDATE that is committed before it goes out.

A process that ends in between leaves a message that was begun. Whether it was sent nobody knows, so it becomes 不明 and is
not sent again by itself.
"""

import logging
import re
import smtplib
from datetime import timedelta
from time import monotonic

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F
from django.db.models.functions import Now

from sumairu.outbox.models import Message, State
from sumairu.outbox.smtp import PerhapsSent

# How long a message waits after each temporary failure; after the last of them it is given up.
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440)]
AT_ONCE = 50
TOO_LARGE = 552
ADDRESS = re.compile(r"[^\s<>]+@[^\s<>]+")

logger = logging.getLogger(__name__)


class ServerIsGone(Exception):
    """No message is to blame: nothing can be sent for now."""


def tidy():
    """Say of what was begun and left that nobody knows, and give up what is of no use any more."""
    Message.objects.lost().update(
        state=State.UNKNOWN, over_at=Now(), reason="送信の途中で係が止まりました。届いたかどうかは分かりません。"
    )
    Message.objects.useless().update(state=State.FAILED, over_at=Now(), reason="送れないうちに、期限が過ぎました。")


def send_waiting(seconds=60):
    """Send what is due, for about so long. Returns how many were sent. Raises `ServerIsGone`."""
    end, sent = monotonic() + seconds, 0
    with _Server() as server:
        while pks := list(Message.objects.due().values_list("pk", flat=True)[:AT_ONCE]):
            server.open()  # before anything is claimed
            for pk in pks:
                if monotonic() > end:
                    return sent
                if message := _claimed(pk):
                    sent += _send(message, server)
    return sent


class _Server:
    """One connection for many messages, opened anew where the server has closed it."""

    def __init__(self):
        self.connection = get_connection()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def open(self):
        try:
            self.connection.open()
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise ServerIsGone(_words(error)) from error

    def close(self):
        try:
            self.connection.close()
        except (OSError, smtplib.SMTPException):
            self.connection.connection = None

    def send(self, email):
        """Once more where the server closed the connection before this message had begun to go out."""
        try:
            self.connection.send_messages([email])
        except smtplib.SMTPServerDisconnected:
            self.close()
            self.open()
            self.connection.send_messages([email])


def _claimed(pk):
    """The message, which nobody else sends from now on; None where somebody else was quicker."""
    waiting = Message.objects.filter(pk=pk, state=State.WAITING)
    return Message.objects.get(pk=pk) if waiting.update(state=State.SENDING, begun_at=Now()) == 1 else None


def _send(message, server):
    """Whether it was sent; what became of it is written down."""
    try:
        server.send(_email(message, server.connection))
    except PerhapsSent:
        server.close()
        _over(message, State.UNKNOWN, "送信の途中で接続が切れました。届いたかどうかは分かりません。")
    except ServerIsGone as error:
        _put_back(message, str(error))
        raise
    except (OSError, smtplib.SMTPException, ValueError) as error:
        if _is_of_all(error):
            server.close()
            _put_back(message, _words(error))
            raise ServerIsGone(_words(error)) from error
        if _is_permanent(error):
            _over(message, State.FAILED, _words(error))
        else:
            server.close()
            _wait(message, _words(error))
    else:
        _over(message, State.SENT)
        return True
    return False


def _email(message, connection):
    headers = {"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"} | message.headers
    email = EmailMultiAlternatives(
        message.subject, message.text, to=[message.to], headers=headers, connection=connection
    )
    if message.html:
        email.attach_alternative(message.html, "text/html")
    return email


def _over(message, state, reason=""):
    Message.objects.filter(pk=message.pk, state__in=[State.SENDING, State.UNKNOWN]).update(
        state=state, over_at=Now(), reason=reason, attempts=F("attempts") + 1
    )


def _put_back(message, reason):
    """As if nobody had claimed it: what keeps all mail from going out is no attempt of this one."""
    Message.objects.filter(pk=message.pk, state=State.SENDING).update(state=State.WAITING, reason=reason[:300])


def _wait(message, reason):
    """Try again later, or give it up after the last time."""
    if message.attempts >= len(PAUSES):
        _over(message, State.FAILED, f"{len(PAUSES) + 1}回試しても送れませんでした。{reason}"[:300])
        return
    Message.objects.filter(pk=message.pk, state=State.SENDING).update(
        state=State.WAITING, due_at=Now() + PAUSES[message.attempts], reason=reason, attempts=F("attempts") + 1
    )


def _is_of_all(error):
    """Does the server refuse us, or our address, whatever the message? Only its size (552) is of one message."""
    refuses_us = isinstance(error, smtplib.SMTPSenderRefused) and error.smtp_code != TOO_LARGE
    return refuses_us or isinstance(error, smtplib.SMTPHeloError | smtplib.SMTPAuthenticationError)


def _is_permanent(error):
    """Is it the message itself that is refused? Codes from 500 on mean that it would be refused again (RFC 5321, 4.2.1)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code >= 500
    return isinstance(error, ValueError | smtplib.SMTPNotSupportedError)


def _words(error):
    """The server's answer as headquarters may see it: without any address."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, said = error.smtp_code, error.smtp_error
    else:
        code, said = type(error).__name__, str(error)
    said = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
    said = ADDRESS.sub("（アドレス）", f"{code} {said}")
    return "".join(letter if letter.isprintable() else " " for letter in said)[:300]
