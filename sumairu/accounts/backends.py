from django.apps import apps
from django.contrib.auth.backends import ModelBackend

from sumairu.access import KEPT, SEEN, may, rule_for


class AccessBackend(ModelBackend):
    """Signs in by e-mail and password; what one may do is answered by each app's `access.py`."""

    def has_perm(self, user_obj, perm, obj=None):
        app_label, _, codename = perm.partition(".")
        action, _, model_name = codename.partition("_")
        if action not in SEEN + KEPT:
            return False
        try:
            model = apps.get_model(app_label, model_name)
        except LookupError:
            return False
        return may(user_obj, model, action, obj)

    def has_module_perms(self, user_obj, app_label):
        return any(may(user_obj, model, "view") for model in apps.get_app_config(app_label).get_models())

    def get_all_permissions(self, user_obj, obj=None):
        return {
            f"{model._meta.app_label}.{action}_{model._meta.model_name}"
            for model in apps.get_models()
            if rule_for(model)
            for action in SEEN + KEPT
            if may(user_obj, model, action, obj)
        }
