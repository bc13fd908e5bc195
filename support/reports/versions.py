"""Reports have versions of what staff make of them; what was sent, and the contact, stand in none."""

from support.reports.models import Report

TRACKED = {Report: ()}
