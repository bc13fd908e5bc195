"""Invented records, so that every screen has something to show: all are marked 見本, and all of them go again.

What marks them is `is_sample` (`sumairu.fields.SampleField`), whichever model has it.
"""

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from graphlib import TopologicalSorter

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.utils.timezone import localdate, now

from regions.models import Desk, Initiative, Municipality, StaffAssignment, Subprefecture, Theme
from sumairu.fields import SampleField
from sumairu.lib.wareki import first_day, fiscal_year_on, last_day
from sumairu.loading.content import add_edition, add_initiative, add_policy, add_program, office, read
from sumairu.loading.drawings import add_picture
from sumairu.models import ContentVersion
from sumairu.publishing.models import Status
from sumairu.versions.models import Origin
from sumairu.versions.recording import recording
from sumairu.versions.tracked import records
from support.cases.models import Case
from support.journal.models import Issue
from support.models import Dispatch, Program, ProgramDesk
from support.notices.models import Notice
from support.reports.models import Report
from support.strategies.models import TownStrategy
from support.uptake.models import Counted, UptakeFigure

MARK = {"is_sample": True}
TYPIST = "mihon-jisseki@example.jp"  # as whose figures are typed in that no workbook has; nobody signs in by it
YEARS = {"前々年度": -2, "前年度": -1, "今年度": 0, "来年度": 1}


class RealOnSample(Exception):
    """Something real hangs on a sample, so no sample was removed; the message names it."""


def load_samples(on=None):
    """Add the samples that are not there, with days and years counted from `on`; how many of each kind."""
    with recording(origin=Origin.COMMAND, reference="load_samples") as changes:
        changes.watch_all(_records_with_samples())
        return _load(on or localdate())


def _load(on):
    samples = read("samples")
    created = Counter()

    def count(rows):
        created.update(row._meta.verbose_name for row in rows if row is not None)

    count(_desk(samples["desk"] | record, on) for record in samples["desks"])
    count(add_policy(_dated(record, on)) for record in samples["policies"])
    count(_initiative(_dated(record, on)) for record in samples["initiatives"])
    count(add_program(record | MARK) for record in samples["programs"])
    count(add_edition(_dated_edition(record, on)) for record in samples["editions"])
    count(_program_desks(**samples["program_desks"]))
    count(_dispatch(record, number, on) for number, record in enumerate(samples["dispatches"], start=1))
    count(_uptake(samples["uptake"], on))
    count(_notices(samples["notices"], on))
    count(_case(_dated(record, on), on) for record in samples["cases"])
    count(_report(record) for record in samples["reports"])
    count(add_issue(record, on) for record in samples["issues"])
    count(_strategy(record, on) for record in samples["strategies"])
    ContentVersion.moved()
    return created


def remove_samples(*, dry_run=False):
    """Delete every sample, or nothing (`RealOnSample`); how many of each kind, by its Japanese name.

    Sample users lose their postings. Those who imported or edited something stay as its author, but cannot sign in.
    """
    with recording(origin=Origin.COMMAND, reference="remove_samples") as changes:
        changes.watch_all(_records_with_samples())
        refuse_if_real_hangs_on_samples()
        removed = Counter()
        for model in _dependents_first(sample_models()):
            samples = model._base_manager.filter(is_sample=True)
            removed[model._meta.verbose_name] = samples.count()
            samples.update(**dict.fromkeys(_links_to_itself(model)))
            samples.delete()
        removed.update(_remove_users())
        ContentVersion.moved()
        transaction.set_rollback(dry_run)
    return +removed


def refuse_if_real_hangs_on_samples():
    """What has no mark of its own and goes with what it belongs to (a link, a rule) does not count as real."""
    hanging = []
    for model in sample_models():
        for relation in _relations_to(model):
            child = relation.related_model
            rows = child._base_manager.filter(**{f"{relation.field.name}__is_sample": True})
            if is_sample_model(child):
                hanging += rows.filter(is_sample=False)
            elif relation.on_delete is models.PROTECT:
                hanging += rows
    if hanging:
        names = [f"・{row._meta.verbose_name}「{row}」" for row in dict.fromkeys(hanging)]
        raise RealOnSample("\n".join(["見本につながる本物の記録があるため、見本を消していません。", *names]))


def sample_models():
    """All that have the mark but users, who are more than their row."""
    return [model for model in apps.get_models() if is_sample_model(model) and model is not get_user_model()]


def is_sample_model(model):
    return any(isinstance(field, SampleField) for field in model._meta.concrete_fields)


def _records_with_samples():
    """The kinds of record of which a version can change with samples: they, or rows beneath them, have the mark."""
    return [model for model, beneath in records().items() if any(map(is_sample_model, (model, *beneath)))]


def _dependents_first(all_models):
    """Models ordered so that what points at a row is gone before the row."""
    pointing = {
        model: [other for other in all_models if other is not model and _points_at(other, model)]
        for model in all_models
    }
    return TopologicalSorter(pointing).static_order()


def _relations_to(model):
    """The foreign keys that point at `model`, those that it cannot follow back (`related_name="+"`) included."""
    return [field for field in model._meta.get_fields(include_hidden=True) if field.one_to_many or field.one_to_one]


def _points_at(model, target):
    return any(field.related_model is target for field in model._meta.concrete_fields)


def _links_to_itself(model):
    return [field.name for field in model._meta.concrete_fields if field.related_model is model]


def _remove_users():
    """Counts of users removed, and of those who had to stay."""
    User = get_user_model()
    removed = Counter()
    for user in User.objects.filter(is_sample=True):
        StaffAssignment.objects.filter(user=user).delete()
        if _has_done_something(user):
            removed["記録の作者なので残し、サインインできなくした利用者"] += user.is_active
            user.is_active = False
            user.save()
        else:
            user.delete()
            removed[User._meta.verbose_name] += 1
    return removed


def _has_done_something(user):
    """Is there a row that names the user as its author? What stays without them keeps nobody."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: user}).exists()
        for relation in _relations_to(type(user))
        if relation.on_delete not in (models.SET_NULL, models.DO_NOTHING)
    )


def _desk(record, on):
    subprefecture = office(record)
    fields = MARK | {
        "phone": record["phone"],
        "email": record["email"].format(slug=subprefecture.slug if subprefecture else "honcho"),
        "hours": record["hours"],
        "confirmed_on": on - timedelta(days=record["confirmed_days_ago"]),
    }
    desk, is_new = Desk.objects.get_or_create(subprefecture=subprefecture, section=record["section"], defaults=fields)
    return desk if is_new else None


def _program_desks(headquarters, offices):
    """The sample desk of headquarters, or of each office, for the programmes named; real rows come first."""
    desks = {desk.subprefecture: desk for desk in Desk.objects.filter(is_sample=True)}
    for slugs, places in ((headquarters, [None]), (offices, Subprefecture.objects.all())):
        for program in Program.objects.filter(slug__in=slugs):
            for place in places:
                row, is_new = ProgramDesk.objects.get_or_create(
                    program=program, subprefecture=place, defaults={"desk": desks[place]} | MARK
                )
                yield row if is_new else None


def _dispatch(record, number, on):
    town = Municipality.objects.get(code=record["municipality"])
    year = _year(record, on)
    fields = MARK | {
        "program": Program.objects.get(slug=record["program"]),
        "municipality": town,
        "duties": record["duties"],
        "state": record["state"],
        "starts_on": first_day(year),
        "ends_on": last_day(year),
    }
    code = f"{town.subprefecture.slug}-{year}-mihon-{number}"
    dispatch, is_new = Dispatch.objects.get_or_create(code=code, defaults=fields)
    return dispatch if is_new else None


def _initiative(record):
    """An initiative, with the picture that goes with it."""
    picture = record.pop("picture", None)
    initiative = add_initiative(record)
    if initiative and picture:
        add_picture(initiative, "fields", **picture)
    return initiative


def _case(record, on):
    """A case, with the figures of its result and its picture. What it names as related stands before it."""
    figures, picture, related = record.pop("figures"), record.pop("picture"), record.pop("related", [])
    many = {
        "municipalities": Municipality.objects.filter(code__in=record.pop("municipalities")),
        "themes": Theme.objects.filter(slug__in=record.pop("themes")),
        "programs": Program.objects.filter(slug__in=record.pop("programs")),
        "related": Case.objects.filter(key__in=related),
    }
    made_from = Initiative.objects.filter(is_sample=True, title=record.pop("made_from", None)).first()
    fields = record | {"subprefecture": office(record), "made_from": made_from}
    case, is_new = Case.objects.get_or_create(key=fields.pop("key"), defaults=fields)
    if not is_new:
        return None
    for name, rows in many.items():
        getattr(case, name).set(rows)
    for order, figure in enumerate(figures):
        case.figures.create(order=order, **figure | {"fiscal_year": _year(figure, on)})
    add_picture(case, **picture)
    return case


def _uptake(records, on):
    """A figure for each thing that a record counts, typed in by a sample person, who goes with them."""
    typist = get_user_model().objects.filter(email=TYPIST).first()
    if typist is None:
        typist = get_user_model().objects.create_user(TYPIST, None, name="見本の職員", is_sample=True, is_active=False)
        yield typist
    programs = {program.slug: program for program in Program.objects.filter(is_sample=True)}
    towns = {town.code: town for town in Municipality.objects.governed()}
    for record in records:
        for counted in Counted:
            if counted in record:
                figure, is_new = UptakeFigure.objects.get_or_create(
                    program=programs[record["program"]],
                    municipality=towns[record["municipality"]],
                    fiscal_year=_year(record, on),
                    counted=counted,
                    defaults=MARK | {"amount": record[counted], "entered_by": typist},
                )
                yield figure if is_new else None


def _notices(records, on):
    """Days are counted from `on`, as of calls; a record names the one that replaced it, which stands before it."""
    made = {}
    for record in records:
        days = {
            field: on + timedelta(days=record[name])
            for field, name in (("dated", "dated_in"), ("act_by", "act_within"), ("withdrawn_on", "withdrawn_in"))
            if name in record
        }
        texts = {name: value for name, value in record.items() if isinstance(value, str | bool)}
        fields = MARK | days | {name: value for name, value in texts.items() if name != "code"}
        fields |= {"subprefecture": office(record), "replaced_by": made.get(record.get("replaced_by"))}
        fields["desk"] = Desk.objects.filter(is_sample=True, subprefecture=office(record)).first()
        notice, is_new = Notice.objects.get_or_create(code=record["code"], defaults=fields)
        made[notice.code] = notice
        if is_new:
            notice.themes.set(Theme.objects.filter(slug__in=record.get("themes", [])))
            notice.municipalities.set(Municipality.objects.filter(code__in=record.get("municipalities", [])))
            notice.programs.set(Program.objects.filter(slug__in=record.get("programs", [])))
            for link in record.get("links", []):
                notice.links.create(**link)
            yield notice


def _strategy(record, on):
    """A town's strategy with its aims and indicators; years are counted from this fiscal year."""
    year = fiscal_year_on(on)
    fields = MARK | {"status": Status.PUBLISHED}
    fields |= {name: value for name, value in record.items() if name not in ("aims", "indicators", "follows")}
    town = Municipality.objects.get(code=fields.pop("municipality"))
    years = {name: year + fields.pop(name) for name in ("first_year", "last_year")}
    ours = TownStrategy.objects.filter(municipality=town, is_sample=True)
    if record.get("follows"):
        fields["predecessor"] = ours.filter(last_year__lt=years["last_year"]).order_by("-last_year").first()
    strategy, is_new = ours.get_or_create(**years, defaults=fields | {"municipality": town})
    if not is_new:
        return None
    for aim in record.get("aims", []):
        row = strategy.aims.create(number=aim["number"], text=aim["text"])
        row.themes.set(Theme.objects.filter(slug__in=aim.get("themes", [])))
    for indicator in record.get("indicators", []):
        strategy.indicators.create(**_indicator(indicator, year))
    return strategy


def _indicator(record, year):
    fields = dict(record)
    for name in ("base_year", "target_year"):
        if name in fields:
            fields[name] += year
    for name in ("base_value", "target_value", "newest_value"):
        if name in fields:
            fields[name] = Decimal(fields[name])
    if "newest_year" in fields:
        fields["newest_on"] = last_day(year + fields.pop("newest_year"))
    return fields


def _report(record):
    fields = MARK | {name: value for name, value in record.items() if name not in ("subprefecture", "days_ago")}
    fields |= {"subprefecture": office(record), "content_version": ContentVersion.current()}
    fields["received_at"] = now() - timedelta(days=record["days_ago"])
    key = {name: fields.pop(name) for name in ("page", "wrong")}
    report, is_new = Report.objects.get_or_create(**key, defaults=fields)
    return report if is_new else None


def add_issue(record, on):
    """An issue of the journal with its articles."""
    if Issue.objects.filter(number=record["number"]).exists():
        return None
    fields = {name: value for name, value in record.items() if name not in ("articles", "issued_days_ago")}
    fields["issued_on"] = on - timedelta(days=record["issued_days_ago"])
    issue = Issue.objects.create(**MARK | fields | {"status": "published"})
    for place, article in enumerate(record["articles"], start=1):
        issue.articles.create(order=place * 10, **article)
    return issue


def _dated_edition(record, on):
    windows = []
    for window in record.get("windows", []):
        first, last = window.get("opens_in"), window.get("closes_in")
        days = {
            "opens_on": None if first is None else on + timedelta(days=first),
            "closes_on": None if last is None else on + timedelta(days=last),
        }
        windows.append({k: v for k, v in window.items() if k not in ("opens_in", "closes_in")} | days | MARK)
    notes = [note | MARK for note in record.get("local_notes", [])]
    return _dated(record, on) | {"windows": windows, "local_notes": notes}


def _dated(record, on):
    return record | {"fiscal_year": _year(record, on)} | MARK


def _year(record, on):
    year = record["fiscal_year"]
    return fiscal_year_on(on) + YEARS[year] if isinstance(year, str) else year
