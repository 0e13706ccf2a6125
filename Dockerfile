# The image of vouch: the command line, `vouch serve` by default. Built in stages; runs as a user without rights, from a
# read-only root: docker run --read-only --tmpfs /tmp -v $PWD/runs/mine:/bundle:ro -p 8080:8080 vouch
ARG BASE=node:20-bookworm-slim

FROM ${BASE} AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run --silent build && rm -rf dist/vouch-scorer && chmod 755 dist/scripts/vouch.js

# What runs, without what builds and tests; onnxruntime's libraries of other systems are left out.
FROM ${BASE} AS installed
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY scripts/bill.mjs scripts/
COPY scripts/supply scripts/supply
RUN npm ci --omit=dev --omit=peer \
  && node scripts/bill.mjs sbom.cdx.json && rm -r scripts \
  && find node_modules/onnxruntime-node/bin -mindepth 2 -maxdepth 2 -type d ! -name linux -exec rm -rf {} + \
  && npm cache clean --force

FROM ${BASE}
LABEL org.opencontainers.image.title="vouch" \
  org.opencontainers.image.description="How likely an LLM's answer is to be right" \
  org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production
WORKDIR /app
COPY --from=installed /app ./
COPY --from=build /src/dist ./dist
COPY LICENSE README.md ./
RUN ln -s /app/dist/scripts/vouch.js /usr/local/bin/vouch
USER 10001:10001
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=2s --start-period=5s CMD ["node", "-e", "fetch('http://127.0.0.1:8080/v2/health/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/dist/scripts/vouch.js"]
CMD ["serve", "--model", "/bundle", "--host", "0.0.0.0", "--port", "8080"]
