"""What of a person a version never holds. That a person has versions, the app says that knows of their postings."""

from sumairu.accounts.models import User

TRACKED = {}
LEFT_OUT = {User: ("password", "last_login")}
