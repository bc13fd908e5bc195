"""Fields that point to other rows: what they offer is asked of the database once a page, however many rows ask."""

from django import forms
from django.core.exceptions import EmptyResultSet, ValidationError
from django.forms.models import ModelChoiceIterator

from sumairu.admin.lists import KEY


class SharedRows(ModelChoiceIterator):
    def __iter__(self):
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        groups = {}
        for row in self.field.rows().values():
            groups.setdefault(self.field.group and getattr(row, self.field.group), []).append(row)
        for group, rows in sorted(
            groups.items(), key=lambda pair: self.field.group and pair[0].pk not in self.field.own
        ):
            offered = [self.choice(row) for row in rows]
            yield from [(str(group), offered)] if group else offered

    def __len__(self):
        return len(self.field.rows()) + (self.field.empty_label is not None)


class SharedChoiceField(forms.ModelChoiceField):
    """`shared` lives as long as the request: what fields of the same page may point to, by what they ask."""

    iterator = SharedRows
    shared: dict
    group = None  # the field of each row by which what is offered is grouped, those of `own` first
    own = ()

    def rows(self):
        try:
            asked = self.queryset.model, str(self.queryset.query)
        except EmptyResultSet:
            return {}
        if asked not in self.shared:
            self.shared[asked] = {str(row.pk): row for row in self.queryset}
        return self.shared[asked]

    def to_python(self, value):
        if value in self.empty_values or self.to_field_name not in (None, "id", "pk"):
            return super().to_python(value)
        found = self.rows().get(str(getattr(value, "pk", value)))
        if found is None:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value})
        return found


class ManyRowsField(forms.ModelMultipleChoiceField):
    """Refuses a number that no row can have before the database is asked for it."""

    def clean(self, value):
        for key in value if isinstance(value, list | tuple) else ():
            if not KEY.fullmatch(str(key)):
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": key}
                )
        return super().clean(value)


def rows_of_page(request):
    """Where the fields of one page share what they offer."""
    if not hasattr(request, "rows_offered"):
        request.rows_offered = {}
    return request.rows_offered
