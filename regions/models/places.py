"""Who governs where, and what is known of each municipality. Kept true by `load_facts`."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from sumairu.fields import KeyField, keys_are
from sumairu.lib.amounts import grouped
from sumairu.lib.eligibility import NO, YES
from sumairu.lib.folding import fold
from sumairu.lib.keys import MUNICIPALITY_CODE, MUNICIPALITY_CODE5
from sumairu.lib.place_names import Asked, Place, is_office, named


class CooperationRegion(models.Model):
    slug = KeyField("URL名", unique=True)
    name = models.CharField("名称", max_length=30, unique=True)
    order = models.PositiveSmallIntegerField("順序")

    class Meta:
        verbose_name = verbose_name_plural = "連携地域"
        ordering = ["order"]
        constraints = [keys_are("slug", "cooperation_region_slug_is_a_key")]

    def __str__(self):
        return self.name


class SubprefectureQuerySet(models.QuerySet):
    def with_municipality_count(self):
        """Each with `municipality_count`: how many municipalities with an office it has."""
        governed = Q(municipalities__northern_territory=False)
        return self.annotate(municipality_count=models.Count("municipalities", filter=governed))

    def matching(self, text):
        """Offices that `text` names, with or without 振興局, or by sound; 釧路 is an office as well as two towns."""
        asked = Asked(text)
        rows = self.values_list("pk", "short_name", "slug")
        return self.filter(pk__in=[pk for pk, short_name, slug in rows if is_office(asked, short_name, slug)])

    def named(self, text):
        """The office that `text` names: 釧路, 釧路総合振興局, kushiro; never one that is merely alike."""
        asked = Asked(text)
        names = self.values_list("pk", "name", "short_name", "slug")
        return self.filter(
            pk__in=[pk for pk, *called in names if {asked.name, asked.office} & {fold(name) for name in called}]
        )


class Subprefecture(models.Model):
    class Kind(models.TextChoices):
        GENERAL = "総合振興局", "総合振興局"
        PLAIN = "振興局", "振興局"

    slug = KeyField("URL名", unique=True)
    name = models.CharField("名称", max_length=20, unique=True)
    short_name = models.CharField("短い名称", max_length=10, unique=True)
    kind = models.CharField("種別", max_length=5, choices=Kind)
    seat = models.CharField("所在地", max_length=20)
    cooperation_region = models.ForeignKey(
        CooperationRegion, models.PROTECT, verbose_name="連携地域", related_name="subprefectures"
    )
    order = models.PositiveSmallIntegerField("順序")

    objects = SubprefectureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "総合振興局・振興局"
        ordering = ["order"]
        constraints = [keys_are("slug", "subprefecture_slug_is_a_key")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("subprefecture_detail", args=[self.slug])

    @property
    def name_en(self):
        """As the Hokkaido Government writes it: Kushiro General Subprefectural Bureau, Nemuro Subprefectural Bureau."""
        general = "General " if self.kind == self.Kind.GENERAL else ""
        return f"{self.slug.title()} {general}Subprefectural Bureau"

    @property
    def spellings(self):
        """The other ways in which people write its name."""
        short = self.short_name
        return [short, f"{short}総合振興局", f"{short}振興局", f"{short}管内", f"{self.name}管内", self.slug]


class MunicipalityQuerySet(models.QuerySet):
    def governed(self):
        """The 179 municipalities that have an office; not the six villages of the northern territories."""
        return self.filter(northern_territory=False)

    def matching(self, text):
        """Municipalities that `text` may mean, however it is written: every field that asks for a town asks this."""
        asked = Asked(text)
        if not asked.name or asked.is_an_office:
            return self.none()
        rows = self.values_list("pk", "name", "kana", "romaji", "code", "county")
        return self.filter(pk__in=named({pk: Place(*row) for pk, *row in rows}, asked))

    def named(self, text):
        """Those that `text` names by code or in full, else by an alias, else without 市町村; never what is merely alike."""
        asked = Asked(text)
        if asked.digits:
            return self.filter(models.Q(code=asked.digits.zfill(6)) | models.Q(code5=asked.digits.zfill(5)))
        towns = list(self.values_list("pk", "name", "county", "aliases__folded"))
        ways = (
            lambda name, county, alias: asked.name in (fold(name), fold(county + name)),
            lambda name, county, alias: fold(text) == alias,
            lambda name, county, alias: asked.name == fold(name[:-1]),
        )
        found = ([pk for pk, *called in towns if way(*called)] for way in ways)
        return self.filter(pk__in=next(filter(None, found), []))

    def meant(self, text):
        """The one municipality that `text` means; None where it means none, or could mean several."""
        found = self.matching(text)[:2]
        return found[0] if len(found) == 1 else None


class Municipality(models.Model):
    class Kind(models.TextChoices):
        CITY = "市", "市"
        TOWN = "町", "町"
        VILLAGE = "村", "村"

    code = models.CharField("団体コード", max_length=6, unique=True, help_text="検査数字を含む6桁。")
    code5 = models.CharField("団体コード（5桁）", max_length=5, unique=True)
    name = models.CharField("名称", max_length=20)
    kana = models.CharField("よみ", max_length=40)
    romaji = models.CharField("ローマ字", max_length=40)
    folded_name = models.CharField(max_length=20, db_index=True, editable=False)
    folded_kana = models.CharField(max_length=40, db_index=True, editable=False)
    kind = models.CharField("種別", max_length=1, choices=Kind)
    county = models.CharField("郡", max_length=20, blank=True)
    subprefecture = models.ForeignKey(
        Subprefecture, models.PROTECT, verbose_name="振興局", related_name="municipalities"
    )
    population = models.PositiveIntegerField("国勢調査人口（2020年）", null=True, blank=True)
    area_km2 = models.DecimalField("面積（平方キロメートル）", max_digits=8, decimal_places=2, null=True, blank=True)
    latitude = models.DecimalField("役所の緯度", max_digits=10, decimal_places=7, null=True, blank=True)
    longitude = models.DecimalField("役所の経度", max_digits=10, decimal_places=7, null=True, blank=True)
    url = models.URLField("公式サイト", blank=True)
    northern_territory = models.BooleanField("北方領土の村", default=False)

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "市町村"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__startswith=models.F("code5")),
                name="municipality_codes_agree",
                violation_error_message="6桁の団体コードは、5桁のコードに検査数字を付けたものです。",
            ),
            keys_are("code", "municipality_code_is_digits", MUNICIPALITY_CODE, "団体コードは、半角の数字6桁です。"),
            keys_are(
                "code5", "municipality_code5_is_digits", MUNICIPALITY_CODE5, "5桁の団体コードは、半角の数字です。"
            ),
            models.CheckConstraint(
                condition=Q(northern_territory=True) | Q(population__isnull=False),
                name="municipality_has_population",
                violation_error_message="市町村には人口が要ります。",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        self.folded_name, self.folded_kana = fold(self.name), fold(self.kana)
        super().save(**kwargs)

    def get_absolute_url(self):
        return reverse("municipality_detail", args=[self.code])

    @property
    def readings(self):
        return f"{self.name}　{self.kana}"

    @property
    def name_en(self):
        """Kushiro City and Kushiro Town are two."""
        kinds = {self.Kind.CITY: "City", self.Kind.TOWN: "Town", self.Kind.VILLAGE: "Village"}
        return f"{self.romaji} {kinds[self.kind]}"

    @property
    def full_name(self):
        """「古宇郡泊村」: two villages have one name."""
        return f"{self.county}{self.name}"


class MunicipalityAlias(models.Model):
    """Another way in which workbooks write a municipality, as an editor once settled it."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, verbose_name="市町村", related_name="aliases")
    name = models.CharField("別名", max_length=80)
    folded = models.CharField(max_length=80, unique=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "市町村の別名"
        ordering = ["name"]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        self.folded = fold(self.name)
        super().save(**kwargs)

    def clean(self):
        self.folded = fold(self.name)
        if Municipality.objects.filter(folded_name=self.folded).exists():
            raise ValidationError({"name": "市町村の名前そのものは、別名にできません。"})
        if MunicipalityAlias.objects.filter(folded=self.folded).exclude(pk=self.pk).exists():
            raise ValidationError({"name": "この別名は、すでに使われています。"})


class Fact(models.Model):
    """A thing that may be known of a municipality, and that eligibility rules may ask: 総人口, 財政力指数, 過疎地域."""

    class Kind(models.TextChoices):
        NUMBER = "number", "数値"
        YES_NO = "yes_no", "はい・いいえ"
        TEXT = "text", "言葉"  # known of every municipality without a row: its kind, its office

    slug = KeyField("キー", unique=True)
    label = models.CharField("名称", max_length=40)
    unit = models.CharField("単位", max_length=10, blank=True)
    kind = models.CharField("種類", max_length=10, choices=Kind, default=Kind.NUMBER)
    source = models.CharField("出どころ", max_length=200, blank=True)
    order = models.PositiveSmallIntegerField("順序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "市町村について分かること"
        ordering = ["order", "slug"]
        constraints = [keys_are("slug", "fact_slug_is_a_key")]

    def __str__(self):
        return self.label


class MunicipalFactQuerySet(models.QuerySet):
    def newest(self):
        """Of each municipality and fact, the row of the newest year."""
        later = self.model.objects.filter(
            municipality=models.OuterRef("municipality"), fact=models.OuterRef("fact"), year__gt=models.OuterRef("year")
        )
        return self.filter(~models.Exists(later))


class MunicipalFact(models.Model):
    municipality = models.ForeignKey(Municipality, models.PROTECT, verbose_name="市町村", related_name="facts")
    fact = models.ForeignKey(Fact, models.PROTECT, verbose_name="分かること", related_name="rows")
    year = models.PositiveSmallIntegerField("年", help_text="統計や指定の西暦年。")
    value = models.DecimalField("値", max_digits=20, decimal_places=4, help_text="はい・いいえは、1と0で入れます。")
    source = models.CharField("出どころ", max_length=200)

    objects = MunicipalFactQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "市町村の統計・指定"
        ordering = ["municipality", "fact", "-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "fact", "year"],
                name="one_value_of_a_fact_in_a_year",
                violation_error_message="この市町村・項目・年の値はすでにあります。",
            )
        ]

    def __str__(self):
        return f"{self.municipality} {self.fact} {self.year}年"

    @property
    def known(self):
        """The value as eligibility rules compare it."""
        return bool(self.value) if self.fact.kind == Fact.Kind.YES_NO else self.value

    @property
    def in_words(self):
        if self.fact.kind == Fact.Kind.YES_NO:
            return YES if self.value else NO
        return grouped(self.value.normalize())
