from regions.admin import initiatives, places, staff

__all__ = ["initiatives", "places", "staff"]
