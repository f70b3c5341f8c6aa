# One image: the app with everything compiled. Rooms are kept in /data, or where DATABASE_URL says.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 BALLAST_DATA=/data

RUN useradd --create-home --uid 10001 ballast && install -d -o ballast -g ballast -m 700 /app /data
WORKDIR /app
USER ballast

COPY --chown=ballast requirements.txt .
RUN python -m venv .venv && .venv/bin/pip install -r requirements.txt
COPY --chown=ballast . .
# Compiles the networks, so that the first visitor does not wait.
RUN .venv/bin/python -m model.warm

EXPOSE 8501
VOLUME /data
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD \
  [".venv/bin/python", "-c", "import urllib.request as r; r.urlopen('http://localhost:8501/_stcore/health', timeout=4)"]
CMD [".venv/bin/streamlit", "run", "serve.py", "--server.address", "0.0.0.0", "--server.port", "8501"]
