"""What the links in these mails do."""

from django.utils.timezone import localdate

from sumairu.acting_links.models import Link
from sumairu.acting_links.purposes import Purpose, Said
from sumairu.lib.days import full_day
from sumairu.outbox.models import OVER, Message
from support.calls import call_in
from support.digests import door, reminding, weekly
from support.digests.choices import Choice
from support.digests.forms import ChoiceForm
from support.digests.models import Reminder, Subscriber, days_before

WHEN = f"月曜日の朝{weekly.HOUR}時ごろに、新しいことがある週だけ送ります。"


def _subscriber(payload):
    rows = Subscriber.objects.select_related("municipality__subprefecture", "subprefecture")
    return rows.filter(pk=payload["subscriber"]).first()


def _ask_confirm(payload):
    if (choice := Choice.from_json(payload)) is None:
        return None
    lines = (f"{payload['email']} に、次の内容を、週に1度までメールで送ります。", choice.words, WHEN)
    return Said("メールで受け取る", lines, "受け取りを始める")


def _confirm(payload, form, request):
    choice, email = Choice.from_json(payload), payload["email"]
    subscriber = Subscriber.objects.filter(email=email).first() or Subscriber(email=email)
    subscriber.choice = choice
    subscriber.save()
    lines = (choice.words, f"{WHEN}どのメールからも、1回の操作でやめられます。やめると、アドレスをすぐに消します。")
    return Said("受け取りを始めました", lines, next_words=f"{choice.place_words}のページへ", next_url=choice.page)


def _ask_stop(payload):
    if subscriber := _subscriber(payload):
        line = f"{subscriber.choice.place_words}について、週に1度までのメールをやめ、メールアドレスを消します。"
        return Said("受け取りをやめる", (line,), "受け取りをやめる")
    return None


def _stop(payload, form, request):
    subscriber = _subscriber(payload)
    Link.objects.about(subscriber.about).revoke()
    Message.objects.filter(to=subscriber.email, mailing__kind__in=[weekly.KIND, door.KIND]).forget()
    subscriber.delete()
    return Said("受け取りをやめました", ("メールアドレスを消しました。もうメールは届きません。",))


def _ask_change(payload):
    if subscriber := _subscriber(payload):
        return Said("受け取る内容を変える", (f"いまの内容：{subscriber.choice.words}",), "この内容に変える")
    return None


def _change_form(payload, data):
    subscriber = _subscriber(payload)
    return ChoiceForm(data) if data is not None else ChoiceForm(initial=ChoiceForm.initial_of(subscriber.choice))


def _change(payload, form, request):
    subscriber = _subscriber(payload)
    subscriber.choice = form.choice
    subscriber.save()
    return Said("受け取る内容を変えました", (form.choice.words, WHEN))


def _call(payload):
    window = reminding.windows_told().filter(pk=payload["window"]).select_related("edition__program").first()
    return window and call_in(window)


def _day_words(window):
    before = days_before(window)
    return f"締切（{full_day(window.closes_on)}）の{before}日前の朝に、1度だけメールで知らせます。"


def _ask_reminder(payload):
    call = _call(payload)
    if call is None or days_before(call.window) is None:
        return None
    lines = (f"{call.edition.program}{call.year_words}", _day_words(call.window))
    return Said("締切の前に知らせる", lines, "知らせを申し込む")


def _confirm_reminder(payload, form, request):
    call = _call(payload)
    before = days_before(call.window)
    Reminder.objects.get_or_create(email=payload["email"], window=call.window, defaults={"days_before": before})
    lines = (f"{call.edition.program}{call.year_words}", f"{_day_words(call.window)}知らせたあと、アドレスを消します。")
    return Said("知らせを受け付けました", lines, next_words=f"{call.edition.program}のページへ", next_url=call.address)


def _ask_stop_reminder(payload):
    if Reminder.objects.filter(pk=payload["reminder"]).exists():
        return Said("締切前の知らせをやめる", ("知らせをやめ、メールアドレスを消します。",), "知らせをやめる")
    return None


def _stop_reminder(payload, form, request):
    reminder = Reminder.objects.get(pk=payload["reminder"])
    Link.objects.about(reminder.about).revoke()
    # What is still to go out is of other calls.
    over = Message.objects.filter(to=reminder.email, mailing__kind__in=[reminding.KIND, door.KIND], state__in=OVER)
    over.forget()
    reminder.delete()
    return Said("知らせをやめました", (f"{localdate():%-m月%-d日}に、メールアドレスを消しました。",))


LINKS = [
    Purpose("digest-confirm", _ask_confirm, _confirm),
    Purpose("digest-stop", _ask_stop, _stop, is_one_click=True),
    Purpose("digest-change", _ask_change, _change, form=_change_form),
    Purpose("reminder-confirm", _ask_reminder, _confirm_reminder),
    Purpose("reminder-stop", _ask_stop_reminder, _stop_reminder, is_one_click=True),
]
