import { defineConfig } from "vitest/config";
import quick from "./vitest.config.ts";

/** What takes a browser or whole processes through many cases; it would double the time of `npm test`. */
export default defineConfig({
  test: { ...quick.test, include: ["test/**/*.system.test.ts"], exclude: [] },
});
