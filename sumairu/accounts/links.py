"""What the links in mails to staff do."""

from sumairu.accounts import forgotten
from sumairu.accounts.events import Kind, record
from sumairu.accounts.forms import ResetForm
from sumairu.acting_links.purposes import Purpose, Said
from sumairu.addresses import STAFF


def _ask(payload):
    if user := forgotten.person(payload["user"]):
        line = f"{user.name}さんの新しいパスワードを決めます。いまのサインインは、すべて終わります。"
        return Said("新しいパスワードを決める", (line,), "このパスワードにする")
    return None


def _form(payload, data):
    return ResetForm(forgotten.person(payload["user"]), data)


def _act(payload, form, request):
    user = form.save()
    forgotten.was_set(user, by=user)
    record(Kind.PASSWORD, request, user=user, by=user, detail="メールのリンクで")
    lines = ("新しいパスワードでサインインしてください。二段階認証を登録している人は、これまでどおり求められます。",)
    return Said("パスワードを変えました", lines, next_words="サインインする", next_url=STAFF)


LINKS = [Purpose(forgotten.PURPOSE, _ask, _act, form=_form)]
