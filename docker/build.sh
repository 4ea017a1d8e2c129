#!/bin/sh
# The steps that make the image, in a folder that holds what idp.Dockerfile copies there. CI runs them in such a folder.
set -eu

# The Node.js of the image is the one to use, so the package `node` does not fetch another.
npm ci --ignore-scripts
npm run build
npm prune --omit=dev --omit=optional --omit=peer --ignore-scripts
