"""Django's templates, but that what a page was made of is let go of as soon as the page is there.

A context and what `make_context` pushes onto it point to each other. Left to the garbage collector, all rows of a page stay
for many requests more: megabytes of each worker.
"""

from django.template import TemplateDoesNotExist
from django.template.backends import django as backend
from django.template.context import make_context


class Templates(backend.DjangoTemplates):
    def from_string(self, template_code):
        return Template(self.engine.from_string(template_code), self)

    def get_template(self, template_name):
        return Template(super().get_template(template_name).template, self)


class Template(backend.Template):
    def render(self, context=None, request=None):
        context = make_context(context, request, autoescape=self.backend.engine.autoescape)
        try:
            return self.template.render(context)
        except TemplateDoesNotExist as error:
            backend.reraise(error, self.backend)
        finally:
            context.dicts.clear()
