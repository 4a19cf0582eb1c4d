from django.core.management.base import BaseCommand

from newsroom.desk.measuring import measure


class Command(BaseCommand):
    help = "Measure the public pages in this process: statements, median milliseconds, bytes."

    def add_arguments(self, parser):
        parser.add_argument("--rounds", type=int, default=50)

    def handle(self, *, rounds, **options):
        for cost in measure(rounds):
            self.stdout.write(
                f"{cost.kind:12}{cost.statements:3} statements {cost.milliseconds:8.2f} ms "
                f"{cost.size:8} bytes  {cost.address}"
            )
