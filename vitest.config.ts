import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: ["test/support/browser-setup.ts"],
    include: ["test/**/*.test.ts"],
    exclude: ["test/real-clients/debian/**", "test/**/*.system.test.ts"],
    // For what hangs; how fast a machine is decides nothing.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // By itself vitest leaves a core free; on the two of a small CI machine that would be half of them.
    maxWorkers: 2,
    // Nothing here keeps anything that another file could see, and a fresh process for each would cost a fifth of the time.
    isolate: false,
    // For the programs that tests start, most of them from the source: they are not compiled anew each time.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), "node-compile-cache") },
  },
});
