"""The front door: coming in, going out, and a new password."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth import authenticate, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from .. import device, stay
from ..circles import Inside, for_everybody
from ..forms.login import LoginForm, NewPasswordForm
from ..models import LoggedOut, LogIn
from ..record import record, recording
from ..resetting import tell_of_change


def wanted(request: HttpRequest) -> str:
    """Where the person was going when she was sent here; home when that is not our own page."""
    asked = request.POST.get("next") or request.GET.get("next") or "/"
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return asked if ours else "/"


@login_not_required
@sensitive_post_parameters("password")
@never_cache
def log_in(request: HttpRequest) -> HttpResponse:
    """Phone number or name, and a password; the same answer whatever was wrong."""
    if request.user.is_authenticated:
        return redirect(wanted(request))
    form = LoginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        person = authenticate(request, username=said["username"], password=said["password"])
        if person is not None:
            request.session["own_device"] = said["own_device"]
            coming = Login(user=person, redirect_url=wanted(request))
            return perform_password_login(request, {}, coming)
        form.add_error(None, _why_not(request))
    response = render(request, "account/login.html", {"form": form, "next": wanted(request)})
    device.give(request, response)
    return response


def _why_not(request: HttpRequest) -> str:
    problem = getattr(request, "login_problem", "")
    if problem == "closed":
        return _("您的账号还没有启用，或者已经停用。请联系本机关的系统管理员。")
    if problem == "expired":
        return _("这个一次性密码已经过期。请联系本机关的系统管理员，重新生成一个。")
    return _("手机号（或姓名）和密码对不上，请核对后再试。如果有人与您同名，请用手机号登录。")


@login_not_required
@never_cache
def log_out(request: HttpRequest) -> HttpResponse:
    """Going out by a button; whatever the browser kept of us is cleared."""
    if request.method == "POST":
        if request.user.is_authenticated:
            stay.leave(request, LoggedOut.LEFT, timezone.now())
            messages.info(request, _("您已退出登录。"))
        response: HttpResponse = redirect("account_login")
        # Not "cookies": the device would forget that it is known, and how it should look.
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response
    if not request.user.is_authenticated:
        return redirect("account_login")
    return render(request, "account/logout.html")


@for_everybody
@sensitive_post_parameters("present", "password1", "password2")
@never_cache
def change_password(request: Inside) -> HttpResponse:
    """A new password; every other log-in of this person ends with the old one."""
    person = request.user
    form = NewPasswordForm(request.POST or None, person=person, request=request)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "next": wanted(request), "forced": person.must_change_password}
        return render(request, "account/password_change.html", context)
    at = timezone.now()
    person.set_password(form.cleaned_data["password1"])
    with recording():
        person.must_change_password, person.one_time_until = False, None
        person.save(update_fields=["password", "must_change_password", "one_time_until"])
        record("password_changed", by=person, at=at, object="people.person", id=person.pk)
        others = LogIn.objects.filter(person=person).exclude(pk=stay.current(request))
        stay.end(others, LoggedOut.PASSWORD, by=person, at=at)
        update_session_auth_hash(request, person)
        mine = LogIn.objects.filter(pk=stay.current(request))
        mine.update(session_key=request.session.session_key or "")
    tell_of_change(person, gettext_noop("您更换了密码。"))
    messages.success(request, _("密码已更换。您在别的设备上的登录都已结束。"))
    return redirect(wanted(request) if wanted(request) != "/" else "mine")
