import { defineConfig } from "vitest/config";

/** Real clients that come as Debian packages; `.ci/run` installs them. */
export default defineConfig({
  test: { include: ["test/real-clients/debian/**/*.test.ts"], testTimeout: 30_000, hookTimeout: 30_000 },
});
