import { once } from "node:events";
import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { startMfaHarness } from "../../support/command-line.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

function scenario(verdict: string, id = "one"): string {
  return `id: ${id}
title: ${id}
why: for this test
references: [PSR-034]
emission: { channel: oidc, profile: password-and-otp }
transport: [direct]
expect: { verdict: ${verdict} }
`;
}

function config(retries: number): string {
  return `scenarios: [s]\nretries: ${retries}\n`;
}

/** Runs `--watch` in a folder. @returns what hears the next of what it says, and how it ended on Ctrl-C */
function watching(folder: string, args: readonly string[] = []) {
  // Its reports lie among the scenarios, and are no reason to run again.
  const child = startMfaHarness(["run", "--watch", "-r", "list", "-r", "jsonl:s/run.jsonl", ...args], folder);
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    until: async (wanted: string): Promise<string[]> => {
      const said: string[] = [];
      for (;;) {
        const { value, done } = await lines.next();
        if (done === true) throw new Error(`it ended after ${said.join("\n")}`);
        said.push(value);
        if (value.includes(wanted)) return said;
      }
    },
    stop: async (): Promise<number | null> => {
      child.kill("SIGINT");
      await once(child, "close");
      return child.exitCode;
    },
  };
}

test(
  "--watch: a scenario edited, broken, mended, added, taken away, and the configuration",
  { timeout: 60_000 },
  async () => {
    await using folder = await temporaryFolder({
      "s/one.yaml": scenario("compliant"),
      "mfa-harness.yaml": config(0),
    });
    const write = (name: string, text: string) => writeFile(join(folder.path, name), text);
    const { until, stop } = watching(folder.path);
    await until("ok   one/direct/library");
    await until("Watching for changes");

    await write("s/one.yaml", scenario("non-compliant"));
    expect((await until("FAIL one/direct/library")).join("\n")).toContain("one.yaml changed");

    await write("s/one.yaml", scenario("good"));
    await until("one.yaml:7:20 expect.verdict");

    // As an editor does: another file takes its place.
    await write("s/one.yaml.swp", scenario("compliant"));
    await rename(join(folder.path, "s/one.yaml.swp"), join(folder.path, "s/one.yaml"));
    await until("ok   one/direct/library");

    await write("s/two.yaml", scenario("non-compliant", "two"));
    await until("FAIL two/direct/library");

    await write("mfa-harness.yaml.swp", config(1));
    await rename(join(folder.path, "mfa-harness.yaml.swp"), join(folder.path, "mfa-harness.yaml"));
    expect((await until("attempt 1: fail")).join("\n")).toContain("mfa-harness.yaml changed");

    await write("mfa-harness.yaml", "retry: 1\n");
    await until("mfa-harness.yaml:1:1 retry: Unrecognized key");

    await write("mfa-harness.yaml", config(0));
    await until("FAIL two/direct/library");
    await rm(join(folder.path, "s/two.yaml"));
    await rm(join(folder.path, "s/one.yaml"));
    await until("no scenario found in s");
    expect(await stop()).toBe(2);
  },
);
