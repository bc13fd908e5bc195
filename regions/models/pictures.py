"""Pictures beside an initiative, public when the initiative is."""

from django.db import models

from regions.models.initiatives import Initiative
from sumairu.pictures import Picture, one_of_a_file, told_and_credited


class InitiativePicture(Picture):
    initiative = models.ForeignKey(Initiative, models.CASCADE, verbose_name="取組", related_name="pictures")

    owner_field, address_name = "initiative", "initiative_picture"

    class Meta(Picture.Meta):
        constraints = [
            one_of_a_file("initiative", "one_picture_of_a_file"),
            told_and_credited("picture_is_told_and_credited"),
        ]
