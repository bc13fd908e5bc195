import pytest

from sumairu.loading import facts


@pytest.fixture
def few_statistics(db, monkeypatch):
    """The official tables with the statistics of five municipalities: the rest takes most of a load and adds nothing."""
    whole = facts.table
    few = {"municipal_statistics": whole("municipal_statistics")[:5], "municipal_statistics_history": []}
    monkeypatch.setattr(facts, "table", lambda name: few[name] if name in few else whole(name))


@pytest.fixture
def official_tables(few_statistics):
    facts.load_tables()
