# mailbot as an image: one stage builds the wheel and its environment, the other holds only what runs.

FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements-build.lock requirements.lock ./
RUN python -m venv /opt/build \
 && /opt/build/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements-build.lock \
 && /opt/build/bin/pip wheel --no-cache-dir --no-deps --use-pep517 --no-build-isolation --require-hashes -w /wheels -r requirements.lock
COPY . .
RUN /opt/build/bin/pip wheel --no-cache-dir --no-build-isolation --no-deps -w /wheels . \
 && python -m venv /opt/mailbot \
 && /opt/mailbot/bin/pip install --no-cache-dir --no-index --no-deps /wheels/*.whl \
 && /opt/mailbot/bin/pip check

FROM python:3.13-slim
# LibreOffice makes the PDF copies; Liberation's fonts have the widths of those in the office's Word files. Poppler draws the
# pages of a scanned Perjanjian Kinerja and of scans that come back signed, and Tesseract reads the latter.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libreoffice-writer-nogui libreoffice-calc-nogui fonts-liberation poppler-utils tesseract-ocr tesseract-ocr-ind tzdata \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --create-home --home-dir /var/lib/mailbot --shell /usr/sbin/nologin mailbot \
 && install --directory --owner mailbot --group mailbot /etc/mailbot
COPY --from=build /opt/mailbot /opt/mailbot
ENV PATH=/opt/mailbot/bin:$PATH LANG=C.UTF-8 PYTHONUNBUFFERED=1 MAILBOT_DATA=/var/lib/mailbot
USER mailbot
WORKDIR /var/lib/mailbot
# The office's YAML files and templates; the ledger and the archive.
VOLUME ["/etc/mailbot", "/var/lib/mailbot"]
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=1m --timeout=20s --start-period=30s CMD ["mailbot", "--config", "/etc/mailbot", "status", "--json"]
ENTRYPOINT ["mailbot", "--config", "/etc/mailbot"]
CMD ["run"]
