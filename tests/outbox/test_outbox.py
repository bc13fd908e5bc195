"""Mail on its way: written with its cause, sent once by a real mail server, and told of in numbers."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from sumairu.outbox import beat, sending
from sumairu.outbox.models import KEPT_FOR, Mailing, Message, State
from sumairu.outbox.sending import ServerIsGone, send_waiting, tidy
from sumairu.outbox.writing import mailing, write
from tests.at_once import at_once
from tests.factories import make_editor
from tests.imports.conftest import database_file, shared_database  # noqa: F401 (fixtures)
from tests.mail_server import smtp_server

pytestmark = pytest.mark.django_db
LATELY = timedelta(seconds=1)  # the clock of SQLite has milliseconds

KILLED = """
import django
django.setup()
from sumairu.outbox import beat, sending
def still(*args, **kwargs):
    print("sent", flush=True)
    import time; time.sleep(120)
sending._over = still
sending.send_waiting()
"""


@pytest.fixture
def inbox(settings):
    with smtp_server(settings) as inbox:
        yield inbox


def make_message(to="kushiro@example.jp", **kw):
    fields = {"subject": "締切3件", "text": "本文", "html": "<p>本文</p>"}
    return write(mailing("digest", "11月30日の週"), to, **fields | kw)


def states():
    return sorted(Message.objects.values_list("state", flat=True))


def test_a_message_arrives_as_it_was_written_and_once(inbox):
    message = make_message(headers={"List-Unsubscribe": "<https://sumairu.example.jp/link/?token=x>"})
    assert send_waiting() == 1
    assert send_waiting() == 0
    [mail] = inbox.mails
    assert (mail["To"], mail["Subject"], mail["Message-ID"]) == (message.to, message.subject, message.message_id)
    assert mail["List-Unsubscribe"] == "<https://sumairu.example.jp/link/?token=x>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_body(("plain",)).get_content().strip() == "本文"
    assert mail.get_body(("html",)).get_content().strip() == "<p>本文</p>"


def test_what_is_rolled_back_is_never_sent(inbox):
    with transaction.atomic():
        make_message()
        transaction.set_rollback(True)
    assert (send_waiting(), inbox.mails) == (0, [])


def test_what_is_refused_for_now_is_sent_later(inbox):
    make_message()
    inbox.answers = ["451 later, <kushiro@example.jp>"]
    assert send_waiting() == 0
    message = Message.objects.get()
    assert message.state == State.WAITING
    assert message.due_at > now()
    assert message.reason == "451 later, <（アドレス）>"
    Message.objects.update(due_at=now() - timedelta(seconds=1))
    assert send_waiting() == 1


def test_what_is_refused_for_now_is_given_up_in_the_end(inbox):
    make_message()
    Message.objects.update(attempts=len(sending.PAUSES))
    inbox.text_answers = ["452 full"]
    send_waiting()
    assert states() == [State.FAILED]
    assert "452 full" in Message.objects.get().reason


@pytest.mark.parametrize("refused_at", ["answers", "text_answers"])
def test_what_is_refused_for_good_is_given_up_at_once_and_holds_up_no_other(inbox, refused_at):
    make_message("gone@example.jp"), make_message()
    setattr(inbox, refused_at, ["550 no such mailbox"])
    assert send_waiting() == 1
    assert states() == [State.FAILED, State.SENT]
    assert Mailing.objects.get().reasons == [("550 no such mailbox", 1)]


def test_a_server_that_is_gone_is_no_fault_of_the_message(settings):
    make_message()
    with smtp_server(settings):
        pass
    with pytest.raises(ServerIsGone):
        send_waiting()
    message = Message.objects.get()
    assert (message.state, message.attempts) == (State.WAITING, 0)


def test_a_server_that_refuses_the_sender_is_no_fault_of_the_message(inbox):
    """Else one hour of a wrong EMAIL_FROM would give up a whole week's mail."""
    make_message(), make_message("akkeshi@example.jp")
    inbox.refuses_sender = True
    with pytest.raises(ServerIsGone, match="550 sender rejected"):
        send_waiting()
    assert {(each.state, each.attempts) for each in Message.objects.all()} == {(State.WAITING, 0)}
    inbox.refuses_sender = False
    assert send_waiting() == 2


def test_where_the_connection_breaks_after_the_text_nobody_knows_and_nothing_is_sent_again(inbox):
    make_message()
    inbox.hangs_up = True
    send_waiting()
    assert states() == [State.UNKNOWN]
    assert len(inbox.mails) == 1
    assert send_waiting() == 0
    inbox.hangs_up = False
    assert Mailing.objects.get().send_unknown_again() == 1  # as headquarters decides
    assert send_waiting() == 1


def test_what_comes_too_late_to_be_of_use_is_not_sent(inbox):
    make_message(useless_from=now() - timedelta(minutes=1))
    tidy()
    assert send_waiting() == 0
    assert states() == [State.FAILED]


@pytest.mark.parametrize(
    "bad",
    [{"subject": "a\nBcc: b@example.jp"}, {"to": "a@example.jp\nb@example.jp"}, {"headers": {"X": "a\r\nBcc: b"}}],
)
def test_nobody_writes_a_header_of_their_own(bad):
    with pytest.raises(ValidationError):
        make_message(**bad)
    assert not Message.objects.exists()


def test_two_workers_at_once_send_each_message_once(shared_database, inbox):  # noqa: F811
    for number in range(30):
        make_message(f"town{number}@example.jp")
    assert sum(at_once(send_waiting, send_waiting)) == 30
    assert sorted(mail["To"] for mail in inbox.mails) == sorted(f"town{number}@example.jp" for number in range(30))


@pytest.mark.exhaustive
def test_a_worker_killed_after_the_server_took_the_message_leaves_it_unknown(shared_database, inbox, settings):  # noqa: F811
    make_message()
    script = f"""
from django.conf import settings
settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = {settings.EMAIL_BACKEND!r}, "127.0.0.1", {settings.EMAIL_PORT}
{KILLED}"""
    environment = {
        "DATABASE_URL": shared_database,
        "SUMAIRU_MODE": "test",
        "DJANGO_SETTINGS_MODULE": "sumairu.settings",
    }
    with subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parents[2],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == "sent\n"
        process.kill()
    tidy()
    assert states() == [State.SENDING]  # it might still be at it
    Message.objects.update(begun_at=now() - timedelta(minutes=11))
    tidy()
    assert states() == [State.UNKNOWN]
    assert len(inbox.mails) == 1
    assert send_waiting() == 0


def test_after_two_weeks_or_once_it_is_of_no_use_only_the_number_is_known(monkeypatch):
    for name in ("old", "useless", "sent", "waiting"):
        make_message(f"{name}@example.jp")
    Message.objects.exclude(to="waiting@example.jp").update(state=State.SENT, over_at=now())
    Message.objects.filter(to="old@example.jp").update(over_at=now() - KEPT_FOR - LATELY)
    Message.objects.filter(to="useless@example.jp").update(useless_from=now() - LATELY)
    monkeypatch.setattr(beat, "_forgot_at", float("-inf"))
    monkeypatch.setattr(beat, "_rests_until", float("inf"))
    beat.look_after()
    counted = Mailing.objects.counted().get()
    assert (counted.n_sent, counted.n_waiting, Message.objects.count()) == (3, 1, 2)


def test_headquarters_sees_numbers_and_reasons_but_no_address_and_stops_what_waits(headquarters):
    make_message(), make_message("akkeshi@example.jp")
    Message.objects.filter(to="akkeshi@example.jp").update(state=State.FAILED, reason="550 no such mailbox")
    address = reverse("admin:outbox_mailing_changelist")
    detail = reverse("admin:outbox_mailing_change", args=[Mailing.objects.get().pk])
    pages = headquarters.get(address).content.decode() + headquarters.get(detail).content.decode()
    assert "11月30日の週" in pages
    assert "550 no such mailbox　1通" in pages
    assert "@example.jp" not in pages.replace("honcho@example.jp", "")
    act = {"action": "stop_mailing", "_selected_action": [Mailing.objects.get().pk]}
    office = Client()
    office.force_login(make_editor("kushiro"))
    assert office.post(address, act).status_code == 403
    assert states() == [State.FAILED, State.WAITING]
    headquarters.post(address, act)
    assert states() == [State.FAILED, State.STOPPED]


def test_the_mailbox_is_there_in_the_demo_alone(client, settings):
    message = make_message(text="https://127.0.0.1/link/?token=x")
    addresses = reverse("sample_mailbox"), reverse("sample_message", args=[message.pk])
    assert {client.get(address).status_code for address in addresses} == {404}
    settings.SHOWS_MAIL = True
    page, mail = (client.get(address).content.decode() for address in addresses)
    assert message.subject in page
    assert 'href="https://127.0.0.1/link/?token=x"' in page
    assert mail == message.html
