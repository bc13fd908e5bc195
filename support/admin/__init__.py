from support.admin import dispatches, figures, programs

__all__ = ["dispatches", "figures", "programs"]
