import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const script = fileURLToPath(new URL("../../support/young-garbage.ts", import.meta.url));

// What outlives quick collections waits for the slow one, and until then a long run grows by it.
test.each([
  { work: "issue", title: "an issued token" },
  { work: "deadline", title: "an attempt's time limit" },
])("$title leaves nothing that a quick garbage collection does not take away", async ({ work }) => {
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", script, work]);
  expect(Number(stdout)).toBeLessThan(100);
});
