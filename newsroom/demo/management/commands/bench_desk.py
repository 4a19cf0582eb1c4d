from django.core.management.base import BaseCommand

from newsroom.demo import accounts, bench
from newsroom.demo.staging import CAST, furnish_lists, hire


class Command(BaseCommand):
    help = "Measure the desk with a whole archive behind it, and take the archive back."

    def add_arguments(self, parser):
        parser.add_argument("--pieces", type=int, default=10_000)
        parser.add_argument("--rounds", type=int, default=7)

    def handle(self, *, pieces, rounds, **options):
        people = hire(accounts.passwords(CAST))
        furnish_lists(people)
        seconds, costs = bench.measure(people, pieces, rounds)
        self.stdout.write(f"{pieces} pieces in {seconds:.0f} s")
        for cost in costs:
            self.stdout.write(
                f"{cost.kind:24}{cost.statements:4} statements {cost.milliseconds:8.1f} ms "
                f"{cost.size:8} bytes  {cost.address}"
            )
