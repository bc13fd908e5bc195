from tests.loading.conftest import few_statistics, loaded_once, official_tables

__all__ = ["few_statistics", "loaded_once", "official_tables"]
