"""Signing in and out, slowly for those who guess."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth import login, views
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from peer_xblocks import clock
from peer_xblocks.refusal import NotAllowed, NotThere
from peer_xblocks.registry import audit, demo, roles, sealed
from peer_xblocks.registry.models import Audit
from peer_xblocks.registry.roles import Role

MISSED = "missed sign-in"
MOST_NAME = 150
WINDOW = timedelta(minutes=15)
# In a quarter of an hour: for one name from one address, for one address, for one name from anywhere.
MOST_HERE, MOST_FROM_PLACE, MOST_FOR_NAME = 5, 20, 50


class SignInForm(AuthenticationForm):
    """Name and password, in our words; too many misses and it waits before it looks."""

    error_messages = {
        "invalid_login": gettext_lazy("This name and password do not go together. Check both and try again."),
        "inactive": gettext_lazy("This account is closed. Ask the office."),
    }
    wait_message = gettext_lazy("Too many tries. Wait a quarter of an hour, then try again.")

    def clean(self) -> dict[str, Any]:
        """The account, where name and password go together and nobody has been guessing."""
        assert_calm(self.request, self.data.get("username", ""), str(self.wait_message))
        return super().clean()


def assert_calm(request: HttpRequest, name: str, sentence: str) -> None:
    """Raises a validation error after too many misses, right password or not."""
    place, subject = audit.place(request), _subject(name)
    missed = Audit.objects.filter(act=MISSED, at__gt=clock.now() - WINDOW)
    here = missed.filter(place=place)
    if (
        here.filter(subject=subject).count() >= MOST_HERE
        or here.count() >= MOST_FROM_PLACE
        or missed.filter(subject=subject).count() >= MOST_FOR_NAME
    ):
        raise forms.ValidationError(sentence, code="wait")


def _subject(name: str) -> str:
    """The mark of a name as the accounts know it, so that wide letters or blanks around it give no further guesses."""
    return sealed.mark("account", unicodedata.normalize("NFKC", name.strip()[:MOST_NAME]).strip().casefold())


class SignIn(views.LoginView):
    """The way in."""

    template_name = "peer_registry/sign_in.html"
    form_class = SignInForm
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, and in a demonstration the people to step in as."""
        return super().get_context_data(personas=demo.doors(self.request), **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Signed in, and written down."""
        response = super().form_valid(form)
        audit.looked(self.request, "signed in")
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Not signed in: counted, unless it is waiting already."""
        if not form.has_error("__all__", "wait"):
            audit.write(MISSED, _subject(form.data.get("username", "")), place=audit.place(self.request))
            return super().form_invalid(form)
        response = self.render_to_response(self.get_context_data(form=form), status=429)
        response.headers["Retry-After"] = str(int(WINDOW.total_seconds()))
        return response


class SignOut(views.LogoutView):
    """The way out, by POST."""

    http_method_names = ["post", "options"]
    next_page = reverse_lazy("sign-in")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Signed out, and written down."""
        if request.user.is_authenticated:
            audit.looked(request, "signed out")
        return super().post(request, *args, **kwargs)


class Password(views.PasswordChangeView):
    """A new password for who is signed in."""

    template_name = "peer_registry/password.html"
    success_url = reverse_lazy("home")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Changed, and written down."""
        response = super().form_valid(form)
        audit.looked(self.request, "changed a password")
        return response


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page of who is signed in."""
    if not request.user.is_authenticated:
        return redirect("sign-in")
    held = roles.of(request.user)
    if held & {Role.REGISTRAR, Role.AUDITOR}:
        return redirect("received")
    if Role.PRACTITIONER in held:
        return redirect("mine")
    return render(request, "peer_registry/nothing.html")


@require_POST
def enter(request: HttpRequest, persona: str) -> HttpResponse:
    """Steps in as a made-up person; only in a demonstration and only from this machine."""
    if not demo.open_to(request):
        raise NotThere(_("There is no such page. Go back, or start from the first page."))
    user = User.objects.filter(username=persona).first() if persona in demo.USERNAMES else None
    if user is None:
        raise NotAllowed(_("There is no such made-up person here. Run “peer-xblocks registry seed” first."))
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    audit.looked(request, "stepped in")
    return redirect("home")
