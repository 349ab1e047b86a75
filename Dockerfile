# syntax=docker/dockerfile:1
# Built in two stages: the second holds the environment and nothing that built it. What is installed comes from the locks
# with its hash; our own wheel is the one exception, and it is built here. `tests/house/packaging/image.py` runs these steps.
FROM python:3.11-slim AS build
WORKDIR /src
RUN python -m venv --without-pip /opt/klynge
COPY requirements.lock requirements-build.lock ./
RUN python -m pip --python /opt/klynge/bin/python install --no-cache-dir --require-hashes -r requirements.lock
RUN python -m pip install --no-cache-dir --require-hashes -r requirements-build.lock
COPY . .
RUN python -m pip wheel --no-deps --no-index --no-build-isolation --wheel-dir /wheel .
RUN python -m pip --python /opt/klynge/bin/python install --no-deps --no-index /wheel/*.whl
RUN python -m pip --python /opt/klynge/bin/python check

FROM python:3.11-slim
RUN useradd --create-home --uid 10001 klynge && install -d -o klynge -m 0700 /data
COPY --from=build /opt/klynge /opt/klynge
USER klynge
WORKDIR /data
ENV MPLCONFIGDIR=/tmp/matplotlib PATH=/opt/klynge/bin:$PATH KLYNGE_DATABASE_URL=sqlite+aiosqlite:////data/klynge.db KLYNGE_HOST=0.0.0.0 KLYNGE_PORT=8080
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["klynge", "healthcheck"]
CMD ["klynge", "run"]
