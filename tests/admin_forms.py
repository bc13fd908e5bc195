"""What a browser would send from an admin page."""


def form_data(response, add=False):
    """The fields of a change page as they stand, its inline forms included (none of them where `add`ing)."""
    form = response.context.get("adminform")
    if form is None:
        return {}
    data = _values(form.form)
    for inline in response.context["inline_admin_formsets"]:
        formset = inline.formset
        data |= {f"{formset.prefix}-{name}": value for name, value in formset.management_form.initial.items()}
        if add:
            data |= {f"{formset.prefix}-TOTAL_FORMS": 0, f"{formset.prefix}-INITIAL_FORMS": 0}
        else:
            for inner in formset.initial_forms:
                data |= _values(inner)
    return data


def _values(form):
    data = {}
    for bound in form:
        value = bound.value()
        if hasattr(value, "read") or value is None or value is False or bound.field.disabled:
            continue
        value = [str(getattr(one, "pk", one)) for one in value] if isinstance(value, list | tuple) else value
        data[bound.html_name] = value
    return data
