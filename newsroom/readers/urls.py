"""The addresses at which readers leave something with us."""

app_name = "readers"
urlpatterns: list = []
