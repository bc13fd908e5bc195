from sumairu.search.models.index import ALWAYS, Document, Waiting
from sumairu.search.models.readings import Reading
from sumairu.search.models.synonyms import Synonym

__all__ = ["ALWAYS", "Document", "Reading", "Synonym", "Waiting"]
