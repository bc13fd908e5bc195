from django.urls import path

from support import call_views, views

urlpatterns = [
    path("support/", views.support_list, name="support_list"),
    path("support/find/", views.support_find, name="support_find"),
    path("support/<key:pillar>/", views.pillar_detail, name="pillar_detail"),
    path("calls/", call_views.call_list, name="call_list"),
    path("calls/calendar.ics", call_views.call_calendar, name="call_calendar"),
    path("calls/feed.atom", call_views.call_feed, name="call_feed"),
    path("calls/<year:year>/<int:month>/", call_views.call_month, name="call_month"),
    path("programs/<key:slug>/", views.program_detail, name="program_detail"),
    path("programs/<key:slug>/<year:year>/", views.program_detail, name="program_year"),
    path("programs/<key:slug>/for/<key:code>/", views.decision_sheet, name="decision_sheet"),
    path("programs/<key:slug>/<year:year>/for/<key:code>/", views.decision_sheet, name="decision_sheet_year"),
    path("programs/<key:slug>/for/<key:code>/sheet.xlsx", views.decision_workbook, name="decision_workbook"),
    path(
        "programs/<key:slug>/<year:year>/for/<key:code>/sheet.xlsx",
        views.decision_workbook,
        name="decision_workbook_year",
    ),
    path("programs/<key:slug>/<year:year>/files/<digest:digest>/<key:name>", views.program_file, name="program_file"),
]
