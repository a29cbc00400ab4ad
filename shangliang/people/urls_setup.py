from django.urls import path

from .views import bodies, decisions, home, log_ins, persons, seats, slips, terms

urlpatterns = [
    path("", home.home, name="setup"),
    path("bodies/", bodies.index, name="setup_bodies"),
    path("bodies/add/<slug:kind>/", bodies.add, name="setup_body_add"),
    path("bodies/<int:pk>/", bodies.edit, name="setup_body"),
    path("bodies/<int:pk>/end/", bodies.end, name="setup_body_end"),
    path("terms/", terms.index, name="setup_terms"),
    path("terms/add/", terms.term, name="setup_term_add"),
    path("terms/<int:pk>/", terms.term, name="setup_term"),
    path("terms/<int:term>/sessions/add/", terms.session, name="setup_session_add"),
    path("sessions/<int:pk>/", terms.session, name="setup_session"),
    path("people/", persons.index, name="setup_people"),
    path("people/add/", persons.add, name="setup_person_add"),
    path("people/slips/", slips.slips, name="setup_slips"),
    path("people/slips/draw/", slips.draw_many, name="setup_slips_draw"),
    path("people/<int:pk>/", persons.person, name="setup_person"),
    path("people/<int:pk>/edit/", persons.edit, name="setup_person_edit"),
    path("people/<int:pk>/seat/", seats.add, name="setup_seat_add"),
    path("people/<int:pk>/slip/", slips.draw, name="setup_slip"),
    path("people/<int:pk>/mail/", slips.mail, name="setup_mail"),
    path("people/<int:pk>/<slug:what>/", persons.act, name="setup_person_act"),
    path("seats/<int:pk>/end/", seats.end, name="setup_seat_end"),
    path("decisions/", decisions.index, name="setup_decisions"),
    path("decisions/<int:pk>/", decisions.person, name="setup_decision"),
    path("log-ins/", log_ins.index, name="setup_log_ins"),
]
