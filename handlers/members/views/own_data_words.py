"""The words of the page about a person (``handlers.members.views.own_data``): what each column and code is
called. What tables and messages are called, the features say (``Feature.about_person``)."""

from __future__ import annotations

from locales import N_

LABELS = {
    "active": N_("Still a member"),
    "answer": N_("Answer"),
    "answered_at": N_("Answered"),
    "answered_by": N_("Answered by"),
    "at": N_("When"),
    "away_from": N_("On leave from"),
    "away_until": N_("On leave until"),
    "body": N_("Contents"),
    "channel_id": N_("Conversation in Slack"),
    "closed_at": N_("Settled"),
    "confirmed_at": N_("Practice confirmed"),
    "confirmed_by": N_("Practice confirmed by"),
    "contact": N_("Answers for the practice"),
    "created_at": N_("Written down"),
    "dm_channel_id": N_("Our conversation in Slack"),
    "done_at": N_("Done"),
    "due_at": N_("To be sent"),
    "email": N_("E-mail"),
    "expires_at": N_("Ends"),
    "given_at": N_("Given"),
    "kind": N_("Kind"),
    "language": N_("Language"),
    "instead_of_id": N_("Asked instead of"),
    "list_size": N_("Patients on the list"),
    "meeting_id": N_("Meeting"),
    "name": N_("Name"),
    "numbers": N_("Numbers"),
    "opened_at": N_("Said"),
    "organisation": N_("Organisation in Slack, if not ours"),
    "outsider": N_("Account from another organisation that was asked about"),
    "outsider_answer": N_("What was said about that account"),
    "place": N_("Why the practice is not confirmed"),
    "placed_by": N_("Put into the practice by"),
    "practice": N_("Practice's name"),
    "practice_id": N_("Practice"),
    "present": N_("Was there"),
    "questions": N_("What I asked about the numbers"),
    "reason": N_("Reason"),
    "recall_id": N_("Comparison that was recalled"),
    "received_at": N_("Received"),
    "recorded_at": N_("Recorded"),
    "recorded_by": N_("Recorded by"),
    "reminders_from": N_("Reminded from the hour"),
    "reminders_to": N_("Reminded until the hour"),
    "role": N_("Role in the cluster"),
    "round_id": N_("Collection of numbers"),
    "sent_channel": N_("Sent in the conversation"),
    "settled_at": N_("Decided"),
    "slack_user_id": N_("Your account in Slack"),
    "snoozed_until": N_("To be asked again"),
    "source": N_("How it came"),
    "sources": N_("Where the numbers were"),
    "state": N_("Status"),
    "submission_id": N_("Which numbers"),
    "substitute_id": N_("Stands in while you are on leave"),
    "system": N_("Medical record system"),
    "text": N_("What you wrote"),
    "title": N_("Job title"),
    "version": N_("Version"),
    "what": N_("What happened"),
    "withdrawn_at": N_("Withdrawn"),
    "ydernummer": N_("Provider number"),
}
TECHNICAL = frozenset(
    [
        *("actor_id", "attempts", "calendar_steps", "cluster_id", "details", "digest", "error", "file_ids", "how"),
        *("id", "inbox_id", "key", "lane", "leased_until", "lost", "member_id", "next_at", "params", "person"),
        *("row", "sent_ts", "source_id", "subject", "thread_ts", "token", "ts", "urgency"),
    ]
)
"""Marks that only a machine uses; a line of the log is told as a sentence instead."""
WORDS = {
    "accepted": N_("counts"),
    "asked": N_("a colleague is asked"),
    "bundle": N_("from a file for all practices"),
    "da": N_("Danish"),
    "dead": N_("could not be delivered"),
    "cluster-comparison": N_("comparison in the cluster"),
    "done": N_("dealt with"),
    "draft": N_("waiting for a yes"),
    "dropped": N_("lapsed"),
    "en": N_("English"),
    "file": N_("from a file"),
    "form": N_("typed in a form"),
    "missed": N_("came too late"),
    "none": N_("no numbers this time"),
    "refused": N_("the practice is wrong"),
    "sent": N_("sent"),
    "replaced": N_("replaced by a newer one"),
    "reply": N_("written in a message"),
    "open-with-all": N_("the name on the charts, when everybody says yes"),
    "shown-by-name": N_("the name on the charts"),
    "waiting": N_("waiting"),
    "withdrawn": N_("withdrawn"),
}
"""What the codes mean that say how something came and stands; others are told as they are."""
ARRIVALS = {
    "action": N_("a button you pressed"),
    "command": N_("a command"),
    "event:app_home_opened": N_("you opened my Home page"),
    "event:message": N_("a message"),
    "event:message.beside_file": N_("words sent with a file"),
    "event:message.changed": N_("a message you edited"),
    "event:message.deleted": N_("a message you deleted"),
    "event:message.file_share": N_("a file"),
    "event": N_("notice from Slack that you joined, left or changed your profile"),
    "form": N_("a form you filled in"),
}
"""What came in, by the whole of its kind or by the beginning."""
ONE_LINE = ("card", "inbox", "outbox")
"""Tables of which a row is told in one line, and rows that say the same in one together."""
MOMENTS = ("received_at", "done_at", "due_at", "created_at")
"""When things of these tables came, went or are to go: the most telling first."""
CHANNELS = frozenset({"channel_id", "sent_channel"})
PEOPLE = frozenset({"answered_by", "confirmed_by", "placed_by", "recorded_by"})
