import { expect, test } from "vitest";
import { mfaHarness } from "../../support/command-line.ts";
import { scenarioFiles } from "../../support/scenario-files.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const WRONG = "id-token-wrong-nonce.yaml";
const MISSING = "id-token-nonce-missing.yaml";
const ESCAPED =
  "ESCAPED oidc-nonce-if-present  scenarios tried: 1. Compares the nonce only when there is one.";

test.each([
  {
    what: "scenarios that tell every mistake",
    args: ["--hunt", "all", WRONG, MISSING],
    exitCode: 0,
    lines: [
      "ok      oidc-nonce-if-present  caught by id-token-nonce-missing",
      "ok      oidc-nonce-unchecked  caught by id-token-wrong-nonce, id-token-nonce-missing",
      "caught 2 of 2 flawed, 0 false alarms on 7 correct",
    ],
  },
  {
    what: "a mistake that no scenario tells",
    args: [WRONG],
    exitCode: 1,
    lines: [
      ESCAPED,
      "ok      oidc-nonce-unchecked  caught by id-token-wrong-nonce",
      "caught 1 of 2 flawed, 0 false alarms on 7 correct",
    ],
  },
])("run --flawed: $what → exit code $exitCode", async ({ args, exitCode, lines }) => {
  await using folder = await temporaryFolder(
    await scenarioFiles(["id-token-wrong-nonce", "id-token-nonce-missing"]),
  );
  const spoken = await mfaHarness(["run", "--flawed", "--grep", "^oidc-nonce", ...args], folder.path);
  expect({
    ...spoken,
    stdout: spoken.stdout
      .split("\n")
      .filter((line) => line !== "")
      .toSorted(),
  }).toEqual({
    exitCode,
    stdout: lines.toSorted(),
    stderr: "",
  });
});

test("run --flawed: a hunt that there is not → exit code 2", async () => {
  expect(await mfaHarness(["run", "--flawed", "--hunt", "wild"], process.cwd())).toEqual({
    exitCode: 2,
    stdout: "",
    stderr: 'there is no hunt "wild"\nKnown: first, named, all.\n',
  });
});
