"""Which device, in whose words, and from where."""

import pytest
from django.test import RequestFactory

from shangliang.people import device


def asked(**meta):
    return RequestFactory().get("/", **meta)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/120 Safari/537.36 Edg/120", "Windows 电脑，Edge 浏览器"),
        ("Mozilla/5.0 (Linux; Android 13) Chrome/110 MicroMessenger/8.0.40", "安卓手机，微信"),
        ("Mozilla/5.0 (Linux; Android 13) wxwork/4.1 MicroMessenger/7.0", "安卓手机，企业微信"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/604.1", "iPhone 手机，Safari 浏览器"),
        ("Mozilla/5.0 (Phone; OpenHarmony 5.0) HarmonyOS ArkWeb Chrome/114", "鸿蒙设备，Chrome 浏览器"),
        ("", "没有说明的设备"),
        ("curl/8", "没有说明的设备"),
    ],
)  # fmt: skip
def test_a_browser_is_named_as_people_name_it(agent, words):
    assert device.words(agent) == words


def test_without_a_named_proxy_nobody_is_believed(settings):
    settings.TRUSTED_PROXIES = 0
    request = asked(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="1.2.3.4")

    assert device.address(request) == "10.0.0.1"


@pytest.mark.parametrize(
    ("proxies", "told", "address"),
    [
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "6.6.6.6, 203.0.113.7", "203.0.113.7"),  # the first was written by the visitor
        (2, "6.6.6.6, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (2, "203.0.113.7", "203.0.113.7"),
        (1, "", "127.0.0.1"),
    ],
)
def test_a_named_proxy_is_believed_and_what_stands_before_it_is_not(
    settings, proxies, told, address
):
    settings.TRUSTED_PROXIES = proxies
    request = asked(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=told)

    assert device.address(request) == address


def test_what_is_no_address_is_counted_as_none(settings):
    settings.TRUSTED_PROXIES = 1

    assert device.address_of_attempt(asked(HTTP_X_FORWARDED_FOR="<script>")) is None


def test_a_cookie_of_another_house_is_no_device():
    request = asked()
    request.COOKIES[device.cookie_name()] = "abc:def"

    assert device.number(request) == ""
