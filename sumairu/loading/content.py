"""What the sources say, under fixtures/content/: themes, directions, initiatives, indicators, programmes and their
editions; the prefecture's strategies; and words that mean the same to whoever searches.

Each is created once and remembered in `LoadedContent`. From then on it belongs to those who edit it: it is neither
overwritten nor brought back. Whatever stands there already under the same name is left as it is.
"""

import tomllib
from collections import Counter

from django.conf import settings

from regions.models import Fact, Indicator, Initiative, Municipality, RegionalPolicy, Subprefecture, Theme
from sumairu.admin.files import TYPES
from sumairu.lib.folding import fold
from sumairu.lib.written_workbook import written_workbook
from sumairu.loading.models import LoadedContent
from sumairu.models import ContentVersion, StoredFile
from sumairu.search.models import Synonym
from sumairu.versions.models import Origin
from sumairu.versions.recording import recording
from support.models import DispatchDuty, EligibilityRule, Program, ProgramAlias, ProgramEdition
from support.strategies.models import Frame

FOLDER = settings.BASE_DIR / "fixtures" / "content"
FILES = ("regions", "financial", "informational", "human", "strategies", "synonyms")


def load_content():
    """Create what was never created before; how many of each kind, by its Japanese name."""
    with recording(origin=Origin.COMMAND, reference="load_facts") as changes:
        changes.watch_all(
            [Theme, RegionalPolicy, Initiative, Indicator, Program, ProgramEdition, DispatchDuty, Frame, Synonym]
        )
        return _load()


def _load():
    remembered = set(LoadedContent.objects.values_list("key", flat=True))
    created = Counter()
    for name in FILES:
        for key, add, record in entries(read(name)):
            if key not in remembered:
                row = add(record)
                created.update([row._meta.verbose_name] if row else [])
                LoadedContent.objects.create(key=key)
    ContentVersion.moved()
    return created


def read(name):
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def entries(content):
    """Each thing in a file as (the key under which it is remembered, the function that adds it, its record).

    The functions return the row that they created; None where there is nothing to add.
    """
    for record in content.get("themes", []):
        yield f"theme:{record['slug']}", add_theme, record
    for record in content.get("policies", []):
        yield f"policy:{record['subprefecture']}-{record['fiscal_year']}", add_policy, record
    for record in content.get("initiatives", []):
        yield f"initiative:{record['code']}", add_initiative, record
    for record in content.get("indicators", []):
        yield f"indicator:{record['slug']}", add_indicator, record
    for record in content.get("programs", []):
        slug = record["slug"]
        yield f"program:{slug}", add_program, record
        for edition in record.get("editions", []):
            yield f"edition:{slug}-{edition['fiscal_year']}", add_edition, edition | {"program": slug}
        for duty in record.get("duties", []):
            yield f"duty:{slug}-{duty['fiscal_year']}-{duty['name']}", add_duty, duty | {"program": slug}
    for record in content.get("frames", []):
        yield f"frame:{record['slug']}", add_frame, record
    for record in content.get("synonyms", []):
        for word in record["words"]:
            yield f"synonym:{fold(word)}", add_synonym, _without(record, "words") | {"word": word}


def add_theme(record):
    theme, is_new = Theme.objects.get_or_create(slug=record["slug"], defaults=record)
    return theme if is_new else None


def add_policy(record):
    fields = record | {"subprefecture": office(record)}
    key = {name: fields.pop(name) for name in ("subprefecture", "fiscal_year")}
    policy, is_new = RegionalPolicy.objects.get_or_create(**key, defaults=fields)
    return policy if is_new else None


def add_initiative(record):
    fields = record | {"subprefecture": office(record)}
    themes = Theme.objects.filter(slug__in=fields.pop("themes", []))
    towns = Municipality.objects.filter(code__in=fields.pop("municipalities", []))
    names = ["code"] if "code" in record else ["subprefecture", "fiscal_year", "title"]
    key = {name: fields.pop(name) for name in names}
    initiative, is_new = Initiative.objects.get_or_create(**key, defaults=fields)
    if not is_new:
        return None
    initiative.themes.set(themes)
    initiative.municipalities.set(towns)
    return initiative


def add_indicator(record):
    if Indicator.objects.filter(name=record["name"]).exists():
        return None
    indicator, is_new = Indicator.objects.get_or_create(slug=record["slug"], defaults=record)
    return indicator if is_new else None


def add_program(record):
    fields = _without(record, "aliases", "themes", "editions", "duties")
    program, is_new = Program.objects.get_or_create(slug=record["slug"], defaults=fields)
    if not is_new:
        return None
    program.themes.set(Theme.objects.filter(slug__in=record.get("themes", [])))
    for name in record.get("aliases", []):
        ProgramAlias.objects.get_or_create(folded=fold(name), defaults={"program": program, "name": name})
    return program


def add_edition(record):
    """An edition with its rules, windows, local notes, links and files; none where somebody has removed the programme."""
    program = Program.objects.filter(slug=record["program"]).first()
    fields = _without(record, "program", "fiscal_year", "rules", "windows", "local_notes", "links", "files")
    if program is None or program.editions.in_year(record["fiscal_year"]).exists():
        return None
    edition = program.editions.create(fiscal_year=record["fiscal_year"], **fields)
    for rule in record.get("rules", []):
        asked = EligibilityRule(edition=edition, **rule | {"fact": Fact.objects.get(slug=rule["fact"])})
        asked.full_clean()  # gives the value its one form: 「市町村、団体」 is two applicants, not the name of one
        asked.save()
    for window in record.get("windows", []):
        edition.windows.create(**window | {"subprefecture": office(window)})
    for order, link in enumerate(record.get("links", [])):
        edition.links.create(**link, order=order)
    for file in record.get("files", []):
        _attach(edition, **file)
    for note in record.get("local_notes", []):
        edition.local_notes.create(**note | {"subprefecture": office(note)})
    return edition


def _attach(edition, title, purpose, name, rows):
    """A workbook of these rows beside `edition`."""
    file = StoredFile.of(name, written_workbook({title: rows}), TYPES["xlsx"])
    file.save()
    edition.attachments.create(title=title, purpose=purpose, file=file)


def add_duty(record):
    program = Program.objects.filter(slug=record["program"]).first()
    if program is None:
        return None
    fields = _without(record, "program", "fiscal_year", "name")
    duty, is_new = program.duties.get_or_create(fiscal_year=record["fiscal_year"], name=record["name"], defaults=fields)
    return duty if is_new else None


def add_frame(record):
    before = Frame.objects.filter(slug=record.get("predecessor", "")).first()
    fields = {name: value.strip() if isinstance(value, str) else value for name, value in record.items()}
    frame, is_new = Frame.objects.get_or_create(slug=record["slug"], defaults=fields | {"predecessor": before})
    return frame if is_new else None


def add_synonym(record):
    """None where headquarters has put the word into a group already."""
    if Synonym.objects.filter(folded=fold(record["word"])).exists():
        return None
    return Synonym.objects.create(**record)


def office(record):
    """The subprefecture that a record names; None where it names none: headquarters, or all of Hokkaido."""
    slug = record.get("subprefecture")
    return Subprefecture.objects.get(slug=slug) if slug else None


def _without(record, *names):
    return {name: value for name, value in record.items() if name not in names}
