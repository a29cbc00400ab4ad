"""A request as every page behind the log-in receives it: somebody has come in."""

from django.http import HttpRequest

from .models import Person


class Request(HttpRequest):
    """The middleware lets nobody else pass, so a view need not ask again."""

    user: Person
