from django.urls import path

from .views import examining, handling, rating, reading, replying, sending, writing

app_name = "proposals"
urlpatterns = [
    path("", reading.index, name="index"),
    path("new/", writing.write, name="new"),
    path("look-over/", sending.look_over, name="look_over"),
    path("sign-for/", handling.sign_many, name="sign_many"),
    path("assignment/", examining.assignment, name="assignment"),
    path("<int:pk>/", reading.detail, name="detail"),
    path("<int:pk>/edit/", writing.edit, name="edit"),
    path("<int:pk>/check/", sending.check_answers, name="check"),
    path("<int:pk>/sent/", sending.sent, name="sent"),
    path("<int:pk>/invite/", writing.invite, name="invite"),
    path("<int:pk>/review/", examining.review, name="review"),
    path("<int:pk>/decide/", examining.decide, name="decide"),
    path("<int:pk>/plan/", examining.plan, name="plan"),
    path("<int:pk>/sign-for/", handling.sign_for, name="sign_for"),
    path("<int:pk>/log/", handling.log, name="log"),
    path("<int:pk>/extend/", handling.extend, name="extend"),
    path("<int:pk>/reply/", replying.reply, name="reply"),
    path("<int:pk>/issue/", replying.issue, name="issue"),
    path("<int:pk>/rate/", rating.rate, name="rate"),
    path("<int:pk>/papers/<slug:kind>.<slug:ending>", reading.paper, name="paper"),
    path("published/", reading.published, name="published"),
    path("published/<int:pk>/", reading.published_detail, name="published_detail"),
]
