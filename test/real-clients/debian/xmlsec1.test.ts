import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Emission } from "../../../harness/emission/emission.ts";
import { BUNDLED_SCENARIOS } from "../../../harness/scenario/bundled.ts";
import { loadScenarios } from "../../../harness/scenario/load.ts";
import { startSteadyIssuer, steady } from "../../support/steady-issuer.ts";
import { temporaryFolder, type TemporaryFolder } from "../../support/temporary-folder.ts";

const run = promisify(execFile);
const issuer = await startSteadyIssuer();
let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await temporaryFolder({ "idp.crt": issuer.idp.trust.samlCertificate });
});

afterAll(async () => {
  await folder[Symbol.asyncDispose]();
  await issuer[Symbol.asyncDispose]();
});

/** Elements that a signature may be about, with the attribute that names them. */
const IDS = [
  ["ID", "urn:oasis:names:tc:SAML:2.0:protocol:Response"],
  ["ID", "urn:oasis:names:tc:SAML:2.0:assertion:Assertion"],
  ["AssertionID", "urn:oasis:names:tc:SAML:1.0:assertion:Assertion"],
].flatMap(([attribute = "", element = ""]) => [`--id-attr:${attribute}`, element]);

/** Whether xmlsec1, which shares nothing with the libraries here, finds the first signature right. */
async function verifies(emission: Emission, name: string): Promise<boolean> {
  const file = join(folder.path, `${name}.xml`);
  await writeFile(file, await issuer.issue(emission));
  const certificate = ["--pubkey-cert-pem", join(folder.path, "idp.crt")];
  try {
    // Else it would take whatever key the message itself shows: one entry of the catalogue is about that.
    const trusted = ["--enabled-key-data", "key-name"];
    await run("xmlsec1", ["--verify", ...trusted, ...certificate, ...IDS, file]);
    return true;
  } catch {
    return false;
  }
}

const entries = (await loadScenarios([BUNDLED_SCENARIOS])).filter(
  ({ emission: { channel }, transport }) =>
    ["saml", "wsfed"].includes(channel) && transport.includes("direct"),
);

describe("xmlsec1 finds every control rightly signed", () => {
  test.each(entries.filter(({ control }) => control === undefined))("$id", async ({ id, emission }) => {
    expect(await verifies(emission, id)).toBe(true);
  });
});

describe("xmlsec1 finds what is wrong with what is said rightly signed", () => {
  const said = entries.filter(
    ({ emission: { key, tamper, patch }, expect: { findings } }) =>
      key === "published" &&
      tamper.length === 0 &&
      !patch.some(({ path }) => path.includes("/signature")) &&
      findings.some((id) => /\.(mfa|audience|time|issuer|recipient)\./.test(id)),
  );
  test.each(said)("$id", async ({ id, emission }) => {
    expect(await verifies(steady(emission), id)).toBe(true);
  });
});

describe("xmlsec1 finds the signature wrong where the entry says so", () => {
  const wrong = entries.filter(({ expect: { findings } }) =>
    findings.some((id) => /\.signature\.(invalid|missing)$/.test(id)),
  );
  test.each(wrong)("$id", async ({ id, emission }) => {
    expect(await verifies(emission, id)).toBe(false);
  });
});
