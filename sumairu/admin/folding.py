"""Many boxes to tick, in groups: the person's own are open, the others folded where nothing is ticked. Needs no script."""

from django.forms import CheckboxSelectMultiple
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe


class FoldedCheckboxes(CheckboxSelectMultiple):
    """`group` is the field of each row by which the boxes are grouped; `own` the keys of the groups to begin with."""

    def __init__(self, group, own=()):
        super().__init__()
        self.group, self.own = group, own

    def __deepcopy__(self, memo):
        copied = super().__deepcopy__(memo)
        copied.group, copied.own = self.group, self.own
        return copied

    def render(self, name, value, attrs=None, renderer=None):
        ticked = {str(one) for one in value or ()}
        first = (attrs or {}).get("id") or f"id_{name}"
        groups = {}
        for number, (choice, label) in enumerate(self.choices):
            box = format_html(
                '<div><label for="{0}_{1}"><input type="checkbox" name="{2}" value="{3}" id="{0}_{1}"{4}> {5}</label></div>',
                first,
                number,
                name,
                choice,
                mark_safe(" checked") if str(choice) in ticked else "",
                label,
            )
            groups.setdefault(getattr(choice.instance, self.group), []).append((box, str(choice) in ticked))
        ordered = sorted(groups.items(), key=lambda pair: pair[0].pk not in self.own)
        return format_html_join("", "{}", ((self._drawn(group, boxes),) for group, boxes in ordered))

    def _drawn(self, group, boxes):
        count = sum(is_ticked for _, is_ticked in boxes)
        inside = format_html_join("", "{}", ((box,) for box, _ in boxes))
        told = f"{len(boxes)}のうち{count}を選択" if count else f"{len(boxes)}"
        is_open = mark_safe(" open") if count or group.pk in self.own else ""
        return format_html(
            '<details class="folded"{}><summary>{} <span class="quiet">{}</span></summary><div class="boxes">{}</div></details>',
            is_open,
            group,
            told,
            inside,
        )
