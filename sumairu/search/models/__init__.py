from sumairu.search.models.synonyms import Synonym

__all__ = ["Synonym"]
