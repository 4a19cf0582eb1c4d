from django.core.management.base import BaseCommand
from django.db.models import Max, Min

from articles.models import Article, PublicEntry

BATCH = 200  # pieces written in one transaction


class Command(BaseCommand):
    help = (
        "Write anew what residents find pieces by, while the site serves. Stopped, it goes on with"
        " --from; begun again, it does the same again."
    )

    def add_arguments(self, parser):
        parser.add_argument("what", choices=["rebuild"])
        parser.add_argument("--from", type=int, default=0, dest="first", help="number of a piece")

    def handle(self, *, what, first, **options):
        sealed = Article.objects.filter(sealed__isnull=False, pk__gte=first)
        bounds = sealed.aggregate(low=Min("pk"), high=Max("pk"))
        if bounds["low"] is None:
            self.stdout.write("Nothing is sealed from there on.")
            return
        done, whole = 0, sealed.count()
        for low in range(bounds["low"], bounds["high"] + 1, BATCH):
            done += PublicEntry.objects.write_again(low, low + BATCH - 1)
            self.stdout.write(
                f"\r{done} of {whole} pieces, up to number {low + BATCH - 1}", ending=""
            )
            self.stdout.flush()
        self.stdout.write(f"\r{done} pieces are written anew.{' ' * 40}")
