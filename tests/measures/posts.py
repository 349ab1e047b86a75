"""A package whose one field is an amount with decimals: patients per doctor's post."""

POSTS = """
id = "posts_test"
version = "1"
owner = "Klynge Nord"
authored_by = "Klynge Nord"
reviewed = 2026-01-01
next_review = 2028-01-01
sensitivity = "low"
lead_time_days = 14
follow_up_after_days = 180
title = { da = "Lægeårsværk", en = "Doctors' posts" }
why = { da = "Hvorfor.", en = "Why." }
population = { da = "Alle tilmeldte.", en = "All listed." }
source = { da = "Jeres egen vagtplan.", en = "Your own rota." }
questions = [{ da = "Hvordan fordeler I arbejdet?", en = "How do you share the work?" }]
cautions = [{ da = "Ikke justeret.", en = "Not adjusted." }]

[[fields]]
id = "listed"
from_practice = true
label = { da = "Tilmeldte patienter", en = "Listed patients" }
short = { da = "Tilmeldte", en = "Listed" }
help = { da = "Antal tilmeldte.", en = "Listed patients." }

[[fields]]
id = "posts"
kind = "amount"
label = { da = "Lægeårsværk", en = "Doctors' full-time posts" }
short = { da = "Årsværk", en = "Posts" }
help = { da = "37 timer om ugen er 1.", en = "37 hours a week are 1." }

[[measures]]
id = "per_post"
kind = "amount"
numerator = "listed"
denominator = "posts"
per = 1
unit = { da = "patienter", en = "patients" }
title = { da = "Patienter pr. årsværk", en = "Patients per post" }
sentence = { da = "I har {value} patienter pr. årsværk", en = "You have {value} patients per post" }
definition = { da = "Tilmeldte over årsværk.", en = "Listed patients over posts." }
caution = { da = "Ikke justeret.", en = "Not adjusted." }

[[measures]]
id = "posts"
kind = "count"
numerator = "posts"
unit = { da = "årsværk", en = "posts" }
title = { da = "Lægeårsværk", en = "Posts" }
sentence = { da = "I har {value} årsværk", en = "You have {value} posts" }
definition = { da = "Årsværk.", en = "Posts." }
caution = { da = "Ikke justeret.", en = "Not adjusted." }

[find.journal]
da = ["Se i vagtplanen."]
en = ["Look in the rota."]

[[agenda]]
minutes = 60
title = { da = "Tallene", en = "The numbers" }
"""
