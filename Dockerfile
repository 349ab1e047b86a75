# syntax=docker/dockerfile:1
# Built in two stages: the second holds the environment and nothing that built it.
FROM python:3.11-slim AS build
WORKDIR /src
RUN python -m venv /opt/klynge
COPY requirements.lock ./
RUN /opt/klynge/bin/python -m pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
RUN /opt/klynge/bin/python -m pip install --no-cache-dir hatchling==1.33.0 \
 && /opt/klynge/bin/python -m pip install --no-cache-dir --no-deps --no-build-isolation . \
 && /opt/klynge/bin/python -m pip uninstall --yes hatchling

FROM python:3.11-slim
RUN useradd --create-home --uid 10001 klynge && install -d -o klynge /data
COPY --from=build /opt/klynge /opt/klynge
USER klynge
WORKDIR /data
ENV MPLCONFIGDIR=/tmp/matplotlib PATH=/opt/klynge/bin:$PATH KLYNGE_DATABASE_URL=sqlite+aiosqlite:////data/klynge.db KLYNGE_HOST=0.0.0.0 KLYNGE_PORT=8080
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["klynge", "healthcheck"]
CMD ["klynge", "run"]
