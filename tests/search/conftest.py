from tests.loading.conftest import loaded_once

__all__ = ["loaded_once"]
