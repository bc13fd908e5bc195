"""One JSON object per line on stdout, each with the id of the request it belongs to."""

import json
import logging
from contextvars import ContextVar
from datetime import datetime
from zoneinfo import ZoneInfo

# Set by the outermost middleware; a streamed response keeps it while it is sent.
request_id: ContextVar[str] = ContextVar("request_id", default="")

TOKYO = ZoneInfo("Asia/Tokyo")


class JsonFormatter(logging.Formatter):
    """`logger.info("…", extra={"fields": {"status": 200}})` puts `status` beside time, level, logger and message."""

    def format(self, record):
        line = {
            "time": datetime.fromtimestamp(record.created, TOKYO).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if current := request_id.get():
            line["request_id"] = current
        line |= getattr(record, "fields", {})
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def is_no_silence(record):
    """Not of a connection that fell silent (`SILENT_FOR`): whoever likes could else fill the log with tracebacks."""
    return not (record.exc_info and isinstance(record.exc_info[1], BlockingIOError))


def to_stdout(level, formatter="json"):
    """A `logging.config` dictionary: everything from `level` up; `formatter` is "json" or, for a person, "plain"."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": "sumairu.logs.JsonFormatter"},
            "plain": {"format": "{levelname} {name}: {message}", "style": "{"},
        },
        "filters": {"no_silence": {"()": lambda: is_no_silence}},
        "handlers": {
            "stdout": {
                "class": "logging.StreamHandler",
                "formatter": formatter,
                "filters": ["no_silence"],
                "stream": "ext://sys.stdout",
            }
        },
        "root": {"level": level, "handlers": ["stdout"]},
        "loggers": {
            # Django's own handlers would print a second time, and mail nobody.
            **{name: {"level": level, "handlers": [], "propagate": True} for name in ("django", "gunicorn.error")},
            # It warns of every HEAD request: Django leaves it to the server to drop the body.
            "gunicorn.http.wsgi": {"level": "ERROR"},
        },
    }
