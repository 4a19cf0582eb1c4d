"""nginx in a folder of its own, before a server of the tests; stopped by its own number."""

import os
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from tests.serving import free_port

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
SHIPPED = Path(__file__).resolve().parents[1] / "newsroom" / "proxy" / "nginx.conf"


def shipped(port: int, application: str, media) -> str:
    """Return the configuration that is shipped, with the addresses of this machine."""
    text = SHIPPED.read_text(encoding="utf-8")
    for name, here in (
        ("listen 8080", f"listen 127.0.0.1:{port}"),
        ("web:8000", application),
        ("/srv/media/", f"{media}/"),
    ):
        assert name in text
        text = text.replace(name, here)
    return text


def caching(port: int, application: str, media) -> str:
    """Return the configuration of a proxy that keeps whatever it is allowed to."""
    return f"""
events {{}}
http {{
    proxy_cache_path cache keys_zone=all:1m;
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://{application};
            proxy_set_header Host $http_host;
            proxy_cache all;
            proxy_cache_revalidate on;
            add_header X-Cache $upstream_cache_status always;
        }}
    }}
}}
"""


@contextmanager
def running(configuration, folder: Path, application: str, media, port: int = 0):
    """Run nginx with a configuration and yield its address, at a free port unless one is given."""
    port = port or free_port()
    folder.mkdir()
    scratch = " ".join(
        f"{kind}_temp_path {kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    text = configuration(port, application, media)
    text = text.replace("http {", f"http {{\n    access_log off; {scratch}", 1)
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    # The tests' files are readable for whoever runs the tests alone.
    owner = "user root; " if os.geteuid() == 0 else ""
    process = subprocess.Popen(
        [NGINX, "-p", str(folder), "-e", "error.log", "-c", "nginx.conf",
         "-g", f"{owner}daemon off; master_process off; pid nginx.pid;"],
        stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        _wait_for(process, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)
        process.stderr.close()


def _wait_for(process: subprocess.Popen, port: int) -> None:
    for _time in range(100):
        if process.poll() is not None:
            raise RuntimeError(process.stderr.read().decode())
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("nginx did not begin to listen.")
