"""Django's way to a mail server, which says in addition whether the server may have taken a message all the same."""

import smtplib

from django.core.mail.backends import smtp


class PerhapsSent(Exception):
    """The connection broke after the text had begun to go out: only the server knows whether it has the message."""


class _Minding:
    def data(self, msg):
        try:
            return super().data(msg)
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            raise PerhapsSent(str(error)) from error


class _SMTP(_Minding, smtplib.SMTP):
    pass


class _SMTP_SSL(_Minding, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    @property
    def connection_class(self):
        return _SMTP_SSL if self.use_ssl else _SMTP
