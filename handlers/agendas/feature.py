"""Agendas: everything that they listen to and can say."""

from handlers.agendas import agendas, news, points, undoing
from handlers.agendas.errors import ERRORS
from handlers.feature import AboutPerson, Feature, gather
from locales import N_

PERSON = Feature(
    errors=ERRORS,
    about_person=AboutPerson(
        headings={
            "agenda (made_by)": (201, N_("Agendas you made")),
            "agenda_item (proposed_by)": (202, N_("Points you wished for")),
        },
        messages={"agenda": N_("about the agenda of a meeting")},
    ),
)
feature = gather([PERSON, agendas.feature, news.feature, points.feature, undoing.feature])
