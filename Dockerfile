# Build: dependencies into a virtual environment, static files collected; nothing of pip's remains in what runs.
FROM python:3.11-slim AS build
WORKDIR /app
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
COPY requirements/run.txt requirements/
RUN pip install --no-cache-dir --require-hashes --requirement requirements/run.txt
COPY . .
RUN deploy/steps.sh build

FROM python:3.11-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
# Owns nothing: runs with a read-only root file system, and with /tmp (uploads being read) in memory.
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["deploy/steps.sh", "healthy"]
CMD ["deploy/steps.sh", "serve"]
