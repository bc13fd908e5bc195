import pytest

from sumairu.pages import facts


@pytest.fixture
def few_statistics(db, monkeypatch):
    """The official tables with the statistics of five rows alone: the rest takes most of a load, and shows no more."""
    whole = facts.table
    shortened = {"municipal_statistics", "municipal_statistics_history"}
    monkeypatch.setattr(facts, "table", lambda name: whole(name)[:5] if name in shortened else whole(name))


@pytest.fixture
def official_tables(few_statistics):
    facts.load_tables()
