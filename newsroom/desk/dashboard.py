"""What the workbench shows: what waits for somebody, what is theirs, what the paper is doing."""

from articles.models import Article


def workbench(user) -> dict:
    """Return the context of the workbench for a user."""
    waiting = list(Article.objects.waiting_for(user).for_desk_list())
    mine = list(Article.objects.written_by(user).kept().for_desk_list()[:20])
    return {"waiting": waiting, "mine": mine}
