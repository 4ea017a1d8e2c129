import { beforeAll, expect, test } from "vitest";
import { emissionSchema } from "../../../../harness/emission/emission.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { mfaHarness } from "../../../support/command-line.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const ACS = "https://sp.example/acs";
const SP = "https://sp.example/metadata";
const sample = { response: "", certificate: "", issuer: "", at: 0 };

beforeAll(async () => {
  await using idp = await startIdp();
  const emission = emissionSchema.parse({ channel: "saml", profile: "password-and-otp" });
  const now = Math.floor(Date.now() / 1000);
  const asked = {
    user: "agent@partner.example",
    audience: SP,
    assertionConsumerService: ACS,
    requestId: "_r",
    now,
  };
  sample.response = (await idp.issue(emission, asked)).artifact;
  sample.certificate = idp.trust.samlCertificate;
  sample.issuer = idp.trust.samlEntityId;
  sample.at = now;
});

function capture(change: Readonly<Record<string, unknown>>): string {
  const capturedAt = new Date(sample.at * 1000).toISOString();
  const facts = { issuer: sample.issuer };
  return JSON.stringify({ capturedAt, signingCert: "idp.pem", sp: SP, acs: ACS, facts, ...change });
}

test.each([
  { name: "as it was taken", change: {}, exitCode: 0, says: /^COMPLIANT {2}saml-response/m },
  {
    name: "another service provider",
    change: { sp: "https://x" },
    exitCode: 1,
    says: /saml\.audience\.mismatch/,
  },
  { name: "another address", change: { acs: "https://x" }, exitCode: 1, says: /saml\.recipient\.mismatch/ },
  { name: "another issuer", change: { facts: { issuer: "x" } }, exitCode: 1, says: /saml\.issuer\.mismatch/ },
  {
    name: "an hour later",
    change: { capturedAt: "2099-01-01T00:00:00Z" },
    exitCode: 1,
    says: /saml\.time\.expired/,
  },
  {
    name: "no certificate",
    change: { signingCert: "none.pem" },
    exitCode: 2,
    says: /cannot read .*none\.pem/,
  },
  {
    name: "no private key",
    change: { spPrivateKey: "none.pem" },
    exitCode: 2,
    says: /cannot read .*none\.pem/,
  },
  {
    name: "a private key that is none",
    change: { spPrivateKey: "idp.pem" },
    exitCode: 2,
    says: /holds no private key/,
  },
])("$name", async ({ change, exitCode, says }) => {
  const files = {
    "a.json": capture(change),
    "a.response.xml": sample.response,
    "idp.pem": sample.certificate,
  };
  await using folder = await temporaryFolder(files);
  const said = await mfaHarness(["judge", "a.json"], folder.path);
  expect(said.exitCode).toBe(exitCode);
  expect(said.stdout + said.stderr).toMatch(says);
});
