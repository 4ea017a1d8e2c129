# The mock IdP and both partner apps in one container: the same command line, configured by the same file.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.base.json tsconfig.build.json ./
COPY src ./src
COPY harness ./harness
COPY scenarios ./scenarios
RUN npm run build && npm prune --omit=dev --omit=optional --omit=peer --ignore-scripts

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
