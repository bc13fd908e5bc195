from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from sumairu.imports.comparing import TO_SETTLE, Outcome, compare
from sumairu.imports.kinds import kinds
from sumairu.imports.models import ImportRun, NotSaved
from sumairu.imports.saving import preview, read_into, save
from sumairu.lib.workbooks import Refused


class Command(BaseCommand):
    help = "Excelブックの数値を取り込みます。すべて保存するか、何も保存しないかのどちらかです。"

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--what", choices=sorted(kinds()), required=True, help="何の数値か")
        parser.add_argument("--dry-run", action="store_true", help="読み取りだけを示し、保存しません")

    def handle(self, *, file, what, dry_run, verbosity, **options):
        kind = kinds()[what]
        try:
            content = file.read_bytes()
            if dry_run:
                run = ImportRun(kind=kind.slug)
                self.report(compare(kind, read_into(run, content, file.name), run.answers), verbosity)
                self.stdout.write("保存していません（--dry-run）。")
                return
            run, comparison = preview(kind, content, file.name)
            self.report(comparison, verbosity)
            if comparison.to_write or comparison.to_settle:
                save(kind, run, comparison.digest)
                self.stdout.write(self.style.SUCCESS(f"{len(comparison.to_write):,}件を保存しました。"))
            else:
                run.drop()
                self.stdout.write("保存するものはありません。")
        except OSError as error:
            raise CommandError(f"{file} を読めません：{error.strerror}") from error
        except (Refused, NotSaved) as error:
            raise CommandError(str(error)) from error

    def report(self, comparison, verbosity):
        for line in comparison.lines:
            if line.outcome != Outcome.SKIPPED or verbosity > 1:
                self.stdout.write(f"{line.outcome.label}\t{line.sheet} › {line.cell}\t{told(line)}")
        counts = comparison.counts
        self.stdout.write("、".join(f"{outcome.label} {counts[outcome]:,}" for outcome in Outcome))


def told(line):
    """What a line says of its figure: 釧路 … 45億5,000万円 → 45億8,000万円, or why not."""
    if line.figure is None or line.outcome in TO_SETTLE:
        return f"{line.words} 「{line.raw}」 {line.reason}".strip()
    return f"{line.words} {line.before_words}{' → ' if line.before_words else ''}{line.after_words}"
