from support.cases.models.beside import CaseAttachment, CaseFigure, CaseLink, CasePicture
from support.cases.models.cases import SIZES, Case

__all__ = ["SIZES", "Case", "CaseAttachment", "CaseFigure", "CaseLink", "CasePicture"]
