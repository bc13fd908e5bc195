from regions.admin import indicators, initiatives, places, staff

__all__ = ["indicators", "initiatives", "places", "staff"]
