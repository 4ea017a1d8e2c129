import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { z } from "zod";
import { mfaHarness } from "../../support/command-line.ts";

test("--version is the package's", async () => {
  const text = await readFile(new URL("../../../package.json", import.meta.url), "utf8");
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(text));
  expect(await mfaHarness(["--version"], ".")).toMatchObject({ exitCode: 0, stdout: `${version}\n` });
});
