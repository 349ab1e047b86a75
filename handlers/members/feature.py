"""Members and practices."""

from handlers.at_home import HomeBlock, HomeLine
from handlers.feature import AboutPerson, Feature, gather
from handlers.members import absent, consent, members, own_data, places, plain_words, settings
from handlers.members.views import home
from locales import N_

PERSON = Feature(
    home=[
        HomeBlock(58, home.tasks_beside, is_led=True),
        HomeBlock(60, home.own_practice, things=home.THINGS),
        HomeBlock(90, home.settings, is_once=True),
    ],
    home_lines=[HomeLine(30, home.list_lines)],
    about_person=AboutPerson(
        headings={
            "member": (10, N_("About you")),
            "consent": (70, N_("Consents you gave on behalf of the practice")),
            "member (confirmed_by)": (210, N_("People whose practice you confirmed")),
            "member (placed_by)": (220, N_("People whom you put into a practice")),
            "member (substitute_id)": (225, N_("People for whom you stand in while they are on leave")),
            "practice (contact_id)": (240, N_("Practices you answer for")),
            "rules (decided_by)": (300, N_("What the cluster agreed, as you wrote it down")),
        },
        messages={
            "consent": N_("about the practice's consent"),
            "member": N_("about a member"),
            "place": N_("about where somebody works"),
            "practice": N_("about the list of members"),
            "settings": N_("about your settings"),
        },
    ),
)
feature = gather(
    [
        PERSON,
        absent.feature,
        consent.feature,
        members.feature,
        own_data.feature,
        places.feature,
        plain_words.feature,
        settings.feature,
    ]
)
