import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: ["test/support/browser-setup.ts"],
    include: ["test/**/*.test.ts"],
    exclude: ["test/real-clients/debian/**"],
    testTimeout: 20_000,
  },
});
