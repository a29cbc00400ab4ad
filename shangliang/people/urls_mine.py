from django.urls import path

from .views import mine

urlpatterns = [
    path("", mine.show, name="mine"),
    path("look/", mine.look, name="my_look"),
    path("address/", mine.address, name="my_address"),
    path("log-ins/", mine.log_ins, name="my_log_ins"),
    path("log-ins/end/", mine.end_others, name="my_log_ins_end"),
    path("log-ins/<int:pk>/end/", mine.end_log_in, name="my_log_in_end"),
]
