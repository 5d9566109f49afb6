# Postern: one relay, for docker-compose.yml (to try it) and config/docker-compose.production.yml. There is no build step: Node runs
# TypeScript. It needs no write access but to /postern/var, and that only with an SQLite store, a Maildir or an archive in a folder.
ARG NODE=24.21.0-bookworm-slim

FROM node:${NODE} AS packages
WORKDIR /postern
COPY package.json package-lock.json ./
# No package here needs its scripts: that of the npm package `node` would bring a second Node, for machines that have an older one.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:${NODE}
ENV NODE_ENV=production
WORKDIR /postern
COPY --from=packages /postern/node_modules ./node_modules
COPY package.json ./
COPY config ./config
COPY src ./src
RUN mkdir var && chown node:node var
# What Node makes of the sources before it runs them: made here once, a start takes a quarter less. Who runs the relay can read it and not write it.
RUN mkdir cache && chown node cache \
  && su node -s /bin/sh -c "NODE_COMPILE_CACHE=/postern/cache node -e \"import('/postern/src/app.ts')\"" \
  && chown -R root:root cache && chmod -R u=rwX,go=rX cache
ENV NODE_COMPILE_CACHE=/postern/cache
USER node
VOLUME /postern/var
EXPOSE 2525 8025
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=20s CMD ["node", "-e", "fetch('http://127.0.0.1:8025/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# node itself is process 1, so that SIGTERM reaches it and the relay drains; it starts no process that would have to be reaped.
CMD ["node", "src/main.ts"]
