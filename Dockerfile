# syntax=docker/dockerfile:1
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /yinxin
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24.21.0-bookworm-slim
LABEL org.opencontainers.image.title="yinxin" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production \
    YINXIN_DATA=/data \
    YINXIN_HOST=0.0.0.0 \
    YINXIN_PASSPHRASE_FILE=/run/secrets/yinxin-passphrase
WORKDIR /yinxin
COPY --from=build --chown=root:root /yinxin/package.json ./
COPY --from=build --chown=root:root /yinxin/node_modules ./node_modules
COPY --from=build --chown=root:root /yinxin/dist ./dist
COPY --from=build --chown=root:root /yinxin/templates ./templates
COPY --from=build --chown=root:root /yinxin/certs ./certs
COPY --from=build --chown=root:root /yinxin/api-spec ./api-spec
# The root file system may be read-only: only /data is written to.
RUN mkdir /data && chown node:node /data
# `node` of the base image, by number so that any host can check that it is not root.
USER 1000
VOLUME ["/data"]
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
