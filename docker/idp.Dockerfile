# The mock IdP and both partner apps in one container: the same command line, configured by the same file.
FROM node:24-slim AS build
WORKDIR /app
COPY .npmrc package.json package-lock.json tsconfig.base.json tsconfig.build.json ./
COPY docker/build.sh ./docker/
COPY scripts ./scripts
COPY src ./src
COPY harness ./harness
COPY scenarios ./scenarios
RUN sh docker/build.sh

FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
RUN mkdir /certificates && chown node /certificates
USER node
ENTRYPOINT ["node", "dist/harness/cli/main.js"]
CMD ["serve"]
