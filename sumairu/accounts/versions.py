"""Which fields of a person no version holds. The app that knows of postings says that people have versions."""

from sumairu.accounts.models import User

TRACKED = {}
LEFT_OUT = {User: ("password", "last_login", "must_change_password")}
