# The application. One image serves web processes and commands; settings come from the environment.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1
WORKDIR /srv/newsroom
# requirements-s3.txt and requirements-heic.txt hold optional extras.
ARG REQUIREMENTS=requirements.txt
COPY ${REQUIREMENTS} requirements.txt
RUN pip install --require-hashes -r requirements.txt
COPY manage.py pyproject.toml ./
COPY newsroom newsroom
COPY articles articles
COPY issues issues
COPY templates templates
COPY static static
COPY locale locale
# Both need settings but no database; the key is thrown away with this layer's process.
RUN python -m newsroom.translations \
 && STATIC_ROOT=/srv/static NEWSROOM_DATA=/tmp/build python manage.py collectstatic --noinput -v 0 \
 && rm -rf /tmp/build \
 && useradd --system --home /srv/newsroom newsroom \
 && mkdir -p /srv/media && chown newsroom /srv/media
ENV STATIC_ROOT=/srv/static MEDIA_ROOT=/srv/media
USER newsroom
EXPOSE 8000
CMD ["gunicorn", "newsroom.wsgi", "--no-control-socket", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--workers", "2", "--threads", "4", "--access-logfile", "-", "--max-requests", "20000", \
     "--max-requests-jitter", "2000"]
