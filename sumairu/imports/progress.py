"""How far a run in the background is, in words and as a part of the whole."""

from sumairu.imports.models import ImportRun, Worker, moment
from sumairu.imports.tasks import is_stuck

Step = ImportRun.Step

# Of a step that takes this many seconds, the bar shows half; it never shows the whole.
HALF_OF_A_STEP = 20


class Progress:
    """Of a run at work. `page` is what there is to show: "moving", "lacking" a worker, or "stuck"."""

    def __init__(self, run):
        self.run = run
        self.seconds = max(int((moment() - run.step_at).total_seconds()), 0)
        self.is_queued = run.step == Step.QUEUED
        others = ImportRun.objects.at_work().exclude(pk=run.pk)
        busy = others.begun().exclude(pk__in=others.stuck().values("pk")).count()
        self.ahead = busy + others.filter(step=Step.QUEUED, step_at__lt=run.step_at).count() if self.is_queued else 0
        self.lacks_worker = not Worker.objects.alive().exists()
        if is_stuck(run):
            self.page = "stuck"
        elif self.is_queued and self.lacks_worker:
            self.page = "lacking"
        else:
            self.page = "moving"

    @property
    def words(self):
        """ブックを読んでいます, 順番を待っています（前に3件）."""
        return f"{self.run.get_step_display()}{f'（前に{self.ahead}件）' if self.ahead else ''}"

    @property
    def percent(self):
        """Of all the steps, those that are done and a growing part of the one that is not."""
        steps = (Step.QUEUED, *self.run.course.steps)
        part = 0 if self.is_queued else self.seconds / (self.seconds + HALF_OF_A_STEP)
        return round(100 * (steps.index(self.run.step) + part) / len(steps))

    def as_json(self):
        return {"page": self.page, "percent": self.percent, "words": self.words, "seconds": self.seconds}
