import { readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { mfaHarness } from "../../support/command-line.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const SCENARIO = `id: wrong
title: A good sign-in that is expected to be refused
why: to see what is kept
references: [none]
emission: { channel: oidc, profile: password-and-otp }
transport: [protocol, browser]
expect: { verdict: compliant, findings: [], decision: refuse }
control: id-token-with-mfa
`;

const RUN = ["run", "wrong.yaml", "-t", "browser", "-r", "list"];
const KEPT = "wrong_browser_relying-party-";

test.each([
  { flags: [], folder: "mfa-harness-evidence", kept: [`${KEPT}1`] },
  { flags: ["--retries", "1", "--evidence", "here"], folder: "here", kept: [`${KEPT}1`, `${KEPT}2`] },
  { flags: ["--no-evidence"], folder: undefined, kept: [] },
])(
  "run $flags keeps $kept in $folder",
  async ({ flags, folder, kept }) => {
    await using place = await temporaryFolder({ "wrong.yaml": SCENARIO });
    const { exitCode, stdout } = await mfaHarness([...RUN, ...flags], place.path);
    expect(exitCode).toBe(1);
    expect(await readdir(place.path)).toEqual([...(folder === undefined ? [] : [folder]), "wrong.yaml"]);
    if (folder === undefined) return expect(stdout).not.toContain("evidence");
    const names = (await readdir(`${place.path}/${folder}`)).filter((name) => name !== ".gitignore");
    expect(names.toSorted()).toEqual(kept);
    expect(stdout).toContain(`screenshot of attempt 1: ${folder}/${KEPT}1/browser-1-page-1.png\n`);
    expect(stdout).toContain(
      `evidence: ${folder} (${kept.length * 2} files; they hold tokens and cookies of test users: do not publish them)\n`,
    );
    return undefined;
  },
  60_000,
);

test("nothing is kept of what plain HTTP showed, nor said", async () => {
  await using place = await temporaryFolder({ "wrong.yaml": SCENARIO });
  const { stdout } = await mfaHarness(["run", "wrong.yaml", "-t", "protocol", "-r", "list"], place.path);
  expect(stdout).not.toContain("evidence");
  expect(await readdir(place.path)).toEqual(["wrong.yaml"]);
});
