from sumairu.search.models.index import ALWAYS, Document
from sumairu.search.models.synonyms import Synonym

__all__ = ["ALWAYS", "Document", "Synonym"]
