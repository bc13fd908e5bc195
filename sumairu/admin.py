from django.contrib import admin


class StaffSite(admin.AdminSite):
    site_header = site_title = "住まいる北海道 職員用"
    index_title = "わたしの仕事"
