"""Which records of this app have versions, and which rows lie beneath them."""

from support.cases.models import Case, CaseAttachment, CaseFigure, CaseLink, CasePicture

TRACKED = {Case: (CaseFigure, CaseLink, CaseAttachment, CasePicture)}
