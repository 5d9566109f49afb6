# Postern: one relay. Not run here (no Docker engine); it calls what the tests call: `npm ci` and `npm start`.
FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /postern
COPY package.json package-lock.json ./
# The image brings Node 24 itself: the npm package `node` is for machines that have an older one.
RUN npm ci --omit=dev && npm cache clean --force
COPY tsconfig.json ./
COPY config ./config
COPY src ./src
RUN mkdir -p var && chown node:node var
USER node
VOLUME /postern/var
EXPOSE 2525 8025
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD ["node", "-e", "fetch('http://127.0.0.1:8025/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# node itself is process 1, so that SIGTERM reaches it and the relay drains.
CMD ["node", "src/main.ts"]
