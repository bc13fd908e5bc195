import json
import logging
import sys

import pytest

from sumairu import logs


@pytest.fixture(autouse=True)
def request_named():
    token = logs.request_id.set("a-request-0123")
    yield
    logs.request_id.reset(token)


def line(message, *arguments, exc_info=None, **extra):
    record = logging.LogRecord("sumairu.test", logging.WARNING, __file__, 1, message, arguments, exc_info)
    record.__dict__ |= extra
    return logs.JsonFormatter().format(record)


def test_a_line_is_one_json_object_with_the_id_of_its_request():
    found = json.loads(line("取り込みました: %s件", 3))
    assert found.pop("time").endswith("+09:00")
    assert found == {
        "level": "WARNING",
        "logger": "sumairu.test",
        "message": "取り込みました: 3件",
        "request_id": "a-request-0123",
    }


def test_fields_stand_beside_the_message():
    assert json.loads(line("request", fields={"status": 200}))["status"] == 200


def test_an_exception_stays_on_the_line():
    try:
        raise ValueError("二行の\n説明")
    except ValueError:
        text = line("failed", exc_info=sys.exc_info())
    assert "\n" not in text
    assert "ValueError: 二行の\n説明" in json.loads(text)["exception"]


def test_of_connections_that_fell_silent_nothing_is_printed():
    printed = [logs.is_no_silence(record_of(error)) for error in (BlockingIOError(11, "silent"), OSError(5, "broken"))]
    assert printed == [False, True]


def record_of(error):
    return logging.LogRecord("gunicorn.error", logging.ERROR, "", 0, "Socket error", (), (type(error), error, None))
