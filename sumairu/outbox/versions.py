"""Mailings have no versions."""

from sumairu.outbox.models import Mailing

TRACKED = {}
UNTRACKED = {Mailing: "変わるのは通数だけ。だれに送ったかを、消したあとに残さない。"}
