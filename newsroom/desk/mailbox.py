"""The e-mail backend of the embedded mode: every letter is kept and can be read in the desk."""

from django.core.mail.backends.base import BaseEmailBackend

from newsroom.desk.models import ReceivedLetter


class MailboxBackend(BaseEmailBackend):
    """Keep each message as a row for each address it goes to."""

    def send_messages(self, email_messages):
        """Keep the messages; return how many."""
        rows = [
            ReceivedLetter(to=address, subject=message.subject, text=message.body)
            for message in email_messages
            for address in message.recipients()
        ]
        ReceivedLetter.objects.bulk_create(rows)
        return len(email_messages)
