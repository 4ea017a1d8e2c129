import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: ["test/support/browser-setup.ts"],
    include: ["test/**/*.test.ts"],
    exclude: ["test/real-clients/debian/**"],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // By itself vitest leaves a core free; on the two of a small CI machine that would be half of them.
    maxWorkers: 2,
  },
});
