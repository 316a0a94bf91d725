# L'assistant dans une image : bibliothèques du fichier de verrouillage, modèle entraîné à la construction, rien pour compiler
# à l'exécution. Construire : docker build -t assistant-rncp41406:0.1.0 .

FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 RASA_TELEMETRY_ENABLED=false TF_CPP_MIN_LOG_LEVEL=2
WORKDIR /app
RUN python -m venv .venv && .venv/bin/pip install --quiet uv==0.13.9
COPY requirements.lock ./
# Les empreintes du verrou sont vérifiées ; les bibliothèques sont compilées ici, car le système de fichiers sera en lecture seule.
RUN .venv/bin/uv pip sync --quiet --python .venv/bin/python --require-hashes --compile-bytecode --no-cache requirements.lock
COPY config.yml domain.yml endpoints.yml credentials.yml pyproject.toml ./
COPY data ./data
COPY knowledge ./knowledge
COPY actions ./actions
COPY bot ./bot
RUN .venv/bin/python -m bot.cli knowledge check \
    && .venv/bin/python -m bot.cli train \
    && .venv/bin/python -m compileall -q bot actions \
    && rm -rf .rasa var /root/.config

FROM python:3.11-slim-bookworm
LABEL org.opencontainers.image.title="Assistant d'admission RNCP41406"
RUN groupadd --system --gid 10001 assistant \
    && useradd --system --uid 10001 --gid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin assistant \
    && rm -rf /usr/local/lib/python3.11/site-packages/*
WORKDIR /app
# Tout appartient à root et le programme ne tourne pas sous root : il ne peut rien changer à lui-même.
COPY --from=build /app /app
# Seul /tmp est inscriptible (tmpfs) : Rasa y déplie le modèle, matplotlib y tient son cache.
ENV BOT_HOST=0.0.0.0 BOT_PORT=8080 HOME=/tmp MPLCONFIGDIR=/tmp/matplotlib PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    RASA_TELEMETRY_ENABLED=false TF_CPP_MIN_LOG_LEVEL=2 SQLALCHEMY_SILENCE_UBER_WARNING=1
USER 10001:10001
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=90s --retries=3 \
    CMD [".venv/bin/python", "-c", "import sys, urllib.request as u; sys.exit(u.urlopen('http://127.0.0.1:8080/health/ready', timeout=4).status != 200)"]
ENTRYPOINT [".venv/bin/python", "-m", "bot.cli"]
CMD ["serve"]
