"""What a browser would send from an admin page."""

from html.parser import HTMLParser


def form_data(response, add=False):
    """The fields of a change page as they stand, its inline forms included (none of them where `add`ing)."""
    form = response.context.get("adminform")
    if form is None:
        return {}
    data = _values(form.form)
    if began := response.context.get("version"):
        data["_version"] = began
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


def posted_again(response, button=""):
    """What the first form of a page in between sends: its hidden fields, what is chosen or typed, and `button`'s name."""
    reader = _FormReader()
    reader.feed(response.content.decode())
    data = {}
    for name, value in reader.fields:
        data.setdefault(name, []).append(value)
    return data | ({button: ["1"]} if button else {})


class _FormReader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.fields, self.inside, self.over, self.area = [], False, False, None

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form" and given.get("id") != "logout-form" and not self.over:
            self.inside = True
        if not self.inside or not given.get("name"):
            return
        if tag == "textarea":
            self.area = given["name"], ""
        elif tag == "input" and (given.get("type") not in ("radio", "checkbox", "submit") or "checked" in given):
            self.fields.append((given["name"], given.get("value") or ""))

    def handle_data(self, text):
        if self.area:
            self.area = self.area[0], self.area[1] + text

    def handle_endtag(self, tag):
        if tag == "textarea" and self.area:
            self.fields.append((self.area[0], self.area[1].removeprefix("\n")))
            self.area = None
        elif tag == "form" and self.inside:
            self.inside, self.over = False, True


def deleted(client, address):
    """Delete as a person does: open the page that asks, and say yes."""
    return client.post(address, posted_again(client.get(address)))


def post_confirmed(client, address, data, **kwargs):
    """Post and, where the page in between shows what the public is going to see, post again from there."""
    response = client.post(address, data, **kwargs)
    if not response.context or "rehearsal" not in response.context or "held" not in response.context:
        return response
    held = {}
    for name, value in response.context["held"]:
        held.setdefault(name, []).append(value)
    return client.post(address, held | {"_effects": response.context["token"]}, **kwargs)
