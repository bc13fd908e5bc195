"""見本の郵便受け: what a demo would have sent, for anybody who tries it. Nowhere else is it there at all."""

from functools import wraps

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sumairu.outbox.models import Message

SHOWN = 50


def in_the_demo(view):
    @never_cache
    @require_safe
    @wraps(view)
    def guarded(request, **kwargs):
        if not settings.SHOWS_MAIL:
            raise Http404
        return view(request, **kwargs)

    return guarded


@in_the_demo
def sample_mailbox(request):
    return render(request, "outbox/sample_mailbox.html", {"mails": Message.objects.all()[:SHOWN], "most": SHOWN})


@in_the_demo
def sample_message(request, pk):
    """The mail as a program shows it that takes HTML."""
    message = get_object_or_404(Message.objects.exclude(html=""), pk=pk if pk < 2**63 else 0)
    return HttpResponse(message.html)
