import { existsSync } from "node:fs";
import { defineConfig } from "vitest/config";

const setup = "test/support/browser-setup.ts";

export default defineConfig({
  test: {
    globalSetup: existsSync(setup) ? [setup] : [],
    include: ["test/**/*.test.ts"],
    exclude: ["test/real-clients/debian/**"],
    testTimeout: 20_000,
  },
});
