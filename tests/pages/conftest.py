from tests.loading.conftest import few_statistics, official_tables

__all__ = ["few_statistics", "official_tables"]
