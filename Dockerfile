# The service in one container. It listens on the container's loopback only, so run it in the host's network:
#   docker compose up        (docker-compose.yml says the rest)
# Node for the page, the SDK for the program, and of both nothing in the image that runs.
FROM node:20-bookworm-slim AS node

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
COPY --from=node /usr/local/ /usr/local/
WORKDIR /source
COPY . .
RUN dotnet publish src/Monitor.Cli -c Release -r linux-x64 --self-contained \
      -p:ValidateExecutableReferencesMatchSelfContained=false -o /program

FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends libgdal32 tzdata \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /var/lib/monitor --shell /usr/sbin/nologin monitor \
 && install -d -o monitor -g monitor -m 750 /var/lib/monitor
COPY --from=build /program /opt/monitor/bin
COPY deploy/health /opt/monitor/health
USER 10001
VOLUME /var/lib/monitor
# SIGTERM: commits what was taken, tells the agents, closes the stores.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=15s --start-period=60s --retries=3 CMD ["/opt/monitor/health", "/var/lib/monitor"]
ENTRYPOINT ["/opt/monitor/bin/monitor"]
CMD ["serve", "--data", "/var/lib/monitor"]
