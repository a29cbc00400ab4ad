from django.urls import path

from .views import mine

urlpatterns = [
    path("", mine.show, name="mine"),
    path("sessions/", mine.log_ins, name="my_log_ins"),
]
