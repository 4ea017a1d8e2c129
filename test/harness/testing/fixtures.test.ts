import { expect, test } from "vitest";
import { runTool } from "./run-tool.ts";

test("vitest runs tests with an IdP that is as new for each of them", async () => {
  const config = "test/harness/testing/sample/vitest.config.ts";
  const lines = (await runTool("vitest/vitest.mjs", "run", "--config", config)).split("\n");
  expect(lines.flatMap((line) => /^(?:not )?ok \d+ - \S+ > (.*) # time/.exec(line)?.[1] ?? [])).toEqual([
    "a test does to the IdP what it likes",
    "and the next one finds nothing of it",
    "with an emission of the suite > every test starts with it",
    "outside of it nothing is in use",
  ]);
}, 60_000);
