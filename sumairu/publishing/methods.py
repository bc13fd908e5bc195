"""What public pages answer when they are asked otherwise than by GET, HEAD or POST: without drawing anything.

OPTIONS says what there is, whatever else is refused: TRACE above all, which would send back what a browser sent. The API
answers for itself.
"""

from django.http import HttpResponse, HttpResponseNotAllowed
from django.urls import Resolver404, resolve

ORDINARY = ("GET", "HEAD", "POST")
NOT_PUBLIC = ("GET", "HEAD", "POST", "OPTIONS")


def answer_other_methods(get_response):
    def middleware(request):
        if request.method in ORDINARY:
            return get_response(request)
        view = _view_at(request.path_info)
        allowed = getattr(view, "allows", NOT_PUBLIC)
        if request.method == "TRACE":
            return HttpResponseNotAllowed(allowed)
        if not hasattr(view, "allows") or hasattr(view, "cls"):  # `cls` is of the API
            return get_response(request)
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": ", ".join(allowed)})
        return HttpResponseNotAllowed(allowed)

    return middleware


def _view_at(path):
    try:
        return resolve(path).func
    except Resolver404:
        return None
