"""What the worker does with its beats: send what waits, by a thread of its own, since a mail server may take its time.

Once an hour it forgets to whom something was sent that is over, and what.
"""

import logging
from threading import Thread
from time import monotonic

from django.conf import settings
from django.db import close_old_connections, connection

from sumairu.outbox.models import Message
from sumairu.outbox.sending import ServerIsGone, send_waiting, tidy

REST = 60  # seconds in which a server that is gone is left alone
FORGOTTEN_EVERY = 60 * 60  # seconds

logger = logging.getLogger(__name__)
_sending, _rests_until, _forgot_at = None, float("-inf"), float("-inf")


def look_after():
    global _sending, _forgot_at
    if monotonic() - _forgot_at >= FORGOTTEN_EVERY:
        Message.objects.old().forget()
        _forgot_at = monotonic()
    if not settings.SENDS_MAIL or monotonic() < _rests_until or (_sending and _sending.is_alive()):
        return
    tidy()
    if Message.objects.due().exists():
        _sending = Thread(target=_send, daemon=True)
        _sending.start()


def _send():
    global _rests_until
    close_old_connections()
    try:
        send_waiting()
    except ServerIsGone as error:
        logger.warning("No mail can be sent: %s", error)
        _rests_until = monotonic() + REST
    except Exception:
        logger.exception("The worker could not send mail")
        _rests_until = monotonic() + REST
    finally:
        connection.close()
