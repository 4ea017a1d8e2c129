import { defineConfig } from "vitest/config";

/** The small project that fixtures.test.ts runs. */
export default defineConfig({
  test: { include: ["test/harness/testing/sample/*.spec.ts"], reporters: ["tap-flat"], cache: false },
});
