# The renderer as a container, built from this checkout:
#   docker build -t paperledge .
#   docker run --rm -v "$PWD:/show" -v paperledge-takes:/takes paperledge render scripts/x.md -o out
FROM python:3.12-slim

RUN apt-get update \
    && apt-get install -y --no-install-recommends ffmpeg git \
    && rm -rf /var/lib/apt/lists/*

COPY . /opt/paperledge
RUN pip install --no-cache-dir /opt/paperledge

# `doctor` rewrites Kokoro's graph once, so that the image needs no minute at its first render.
ENV PAPERLEDGE_CACHE=/takes
RUN useradd --create-home producer && mkdir /show /takes && chown producer /show /takes
USER producer
RUN paperledge doctor

VOLUME /takes
WORKDIR /show
ENTRYPOINT ["paperledge"]
CMD ["--help"]
