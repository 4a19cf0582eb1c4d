"""A mail server on this machine that takes letters, refuses them, hangs up, or is away."""

import email
import socketserver
import threading
from dataclasses import dataclass
from email import policy


@dataclass
class Received:
    """A letter as it came over the wire."""

    to: list[str]
    headers: dict
    text: str


class MailServer:
    """As much of SMTP as Django speaks: ``refuses`` an address, ``hangs_up`` so many times.

    ``is_busy_for`` an address, says of every letter what ``says_of_letters`` says, or takes a
    letter and hangs up before it has said so, ``vanishes`` times.
    """

    def __init__(self):
        self.received: list[Received] = []
        self.refuses = self.is_busy_for = self.says_of_letters = ""
        self.vanishes = 0
        self.hangs_up = 0
        self.port = 0
        self.server = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_error):
        self.stop()

    def start(self):
        """Listen; after a stop on the same port as before."""
        outer = self

        class Talk(_Talk):
            owner = outer

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

        self.server = Server(("127.0.0.1", self.port), Talk)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self):
        """Be away."""
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None


class _Talk(socketserver.StreamRequestHandler):
    owner: MailServer

    def handle(self):
        self.say("220 mail.example.cn")
        recipients = []
        while line := self.rfile.readline().decode().strip():
            verb = line.split(":")[0].split()[0].upper()
            if verb == "QUIT":
                self.say("221 bye")
                return
            if verb == "MAIL":
                recipients = []
            if verb == "RCPT":
                self.meet(line.split("<")[1].split(">")[0], recipients)
            elif verb != "DATA":
                self.say("250 ok")
            elif not self.takes(recipients):
                return

    def meet(self, address, recipients):
        if address == self.owner.refuses:
            self.say("550 no such mailbox")
        elif address == self.owner.is_busy_for:
            self.say("450 try again later")
        else:
            recipients.append(address)
            self.say("250 ok")

    def takes(self, recipients) -> bool:
        """Take a letter; say whether the line still stands."""
        if self.owner.hangs_up:
            self.owner.hangs_up -= 1
            return False
        self.say("354 go on")
        self.take(recipients)
        if self.owner.vanishes:
            self.owner.vanishes -= 1
            return False
        if self.owner.says_of_letters:
            self.owner.received.pop()
        self.say(self.owner.says_of_letters or "250 ok")
        return True

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())

    def take(self, recipients):
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        message = email.message_from_bytes(b"".join(lines), policy=policy.default)
        body = message.get_body(("plain",))
        self.owner.received.append(Received(recipients, dict(message), body.get_content()))
