import os

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def test_the_tests_run_on_the_database_they_were_given():
    asked = "postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"
    assert connection.vendor == asked
    with connection.cursor() as cursor:
        cursor.execute("select 1")
        assert cursor.fetchone() == (1,)
