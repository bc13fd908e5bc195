from django.http import HttpResponse
from django.urls import path

from sumairu.urls import *  # noqa: F403
from sumairu.urls import urlpatterns as portal


def constant(request):
    return HttpResponse("住まいる北海道")


urlpatterns = [path("bench/constant/", constant), *portal]
