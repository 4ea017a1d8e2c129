import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { beforeAll, expect, test } from "vitest";
import { mfaHarness } from "../../../support/command-line.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const NOW = 1_767_225_600; // 2026-01-01T00:00:00Z
const ISSUER = "https://idp.example";
const sample = { jwks: "", token: "", withoutMfa: "", accessToken: "", capture: "" };

beforeAll(async () => {
  const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
  const keys = [{ ...(await exportJWK(publicKey)), kid: "k", alg: "ES256" }];
  const sign = async (claims: Readonly<Record<string, unknown>>): Promise<string> =>
    await new SignJWT({
      iss: ISSUER,
      sub: "agent",
      aud: "client",
      iat: NOW,
      exp: NOW + 300,
      nonce: "n",
      ...claims,
    })
      .setProtectedHeader({ alg: "ES256", kid: "k" })
      .sign(privateKey);
  sample.jwks = JSON.stringify({ keys });
  sample.token = await sign({ amr: ["pwd", "otp", "mfa"] });
  sample.withoutMfa = await sign({ amr: ["password", "otp"] });
  sample.accessToken = await sign({
    aud: "https://api.partnercenter.microsoft.com",
    nonce: undefined,
    amr: ["pwd", "mfa"],
    ver: "1.0",
    scp: "user_impersonation",
    upn: "a@b.example",
    nbf: NOW,
  });
  sample.capture = JSON.stringify({
    capturedAt: "2026-01-01T00:00:00Z",
    issuer: ISSUER,
    authorization_request: { client_id: "client", nonce: "n" },
    id_token: sample.withoutMfa,
    jwks: { keys },
  });
});

const KEYS = ["--keys", "keys.json", "--now", "2026-01-01T00:00:00Z"];

test.each([
  {
    name: "a good token",
    file: () => sample.token,
    args: KEYS,
    exitCode: 0,
    says: /^COMPLIANT {2}id-token, policy oidc/,
  },
  {
    name: "seconds as --now",
    file: () => sample.token,
    args: ["-k", "keys.json", "-n", String(NOW)],
    exitCode: 0,
    says: /^COMPLIANT/,
  },
  {
    name: "the same, long after",
    file: () => sample.token,
    args: ["-k", "keys.json", "-n", "2030-01-01"],
    exitCode: 1,
    says: /oidc\.time\.expired/,
  },
  {
    name: "two factors without mfa",
    file: () => sample.withoutMfa,
    args: KEYS,
    exitCode: 1,
    says: /oidc\.amr\.mfa-absent at \/claims\/amr\n.*\n {2}change: /,
  },
  {
    name: "an access token",
    file: () => sample.accessToken,
    args: KEYS,
    exitCode: 0,
    says: /^COMPLIANT {2}access-token, policy partner-api/,
  },
  {
    name: "no keys",
    file: () => sample.token,
    args: ["--now", "2026-01-01"],
    exitCode: 3,
    says: /^INCONCLUSIVE[^]*signature +not checked/,
  },
  {
    name: "a wrong audience",
    file: () => sample.token,
    args: [...KEYS, "-a", "other"],
    exitCode: 1,
    says: /oidc\.audience\.mismatch/,
  },
  {
    name: "a wrong issuer",
    file: () => sample.token,
    args: [...KEYS, "-i", "https://other.example"],
    exitCode: 1,
    says: /oidc\.issuer\.mismatch/,
  },
  {
    name: "a capture",
    file: () => sample.capture,
    args: [],
    exitCode: 1,
    says: /judged at 2026-01-01T00:00:00\.000Z[^]*oidc\.amr\.mfa-absent/,
  },
])("$name", async ({ file, args, exitCode, says }) => {
  await using folder = await temporaryFolder({ "artifact.txt": `${file()}\n`, "keys.json": sample.jwks });
  const said = await mfaHarness(["judge", "artifact.txt", ...args], folder.path);
  expect(said).toMatchObject({ exitCode, stderr: "" });
  expect(said.stdout).toMatch(says);
});

test("- reads standard input, --json prints the verdict", async () => {
  await using folder = await temporaryFolder({ "keys.json": sample.jwks });
  const said = await mfaHarness(["judge", "-", "--json", ...KEYS], folder.path, sample.token);
  expect(JSON.parse(said.stdout)).toMatchObject({
    verdict: "compliant",
    signature: "verified",
    matchers: { strict: "pass", "ms-cmdlet": "pass", "ms-mca": "pass", "partner-consent": "pass" },
    foundAt: "",
    judgedAt: NOW,
  });
});

test.each([
  { name: "a missing file", args: ["nowhere.jwt"], says: "cannot read nowhere.jwt" },
  { name: "a file of prose", args: ["prose.txt"], says: "prose.txt holds nothing that can be judged" },
  { name: "an empty file", args: ["empty.txt"], says: "empty.txt holds nothing that can be judged" },
  { name: "keys that are none", args: ["token.jwt", "--keys", "prose.txt"], says: "prose.txt holds no key" },
  { name: "missing keys", args: ["token.jwt", "--keys", "nowhere"], says: "cannot read nowhere" },
  { name: "an unknown policy", args: ["token.jwt", "--policy", "lax"], says: 'there is no policy "lax"' },
  {
    name: "a policy of another artifact",
    args: ["token.jwt", "--policy", "entra-saml"],
    says: "policy entra-saml does not read what was found: id-token",
  },
  { name: "a moment that is none", args: ["token.jwt", "--now", "soon"], says: "Expected a time such as" },
])("$name → one message, exit 2", async ({ args, says }) => {
  await using folder = await temporaryFolder({
    "prose.txt": "no token here",
    "empty.txt": "",
    "token.jwt": sample.token,
  });
  const said = await mfaHarness(["judge", ...args], folder.path);
  expect(said).toMatchObject({ exitCode: 2, stdout: "" });
  expect(said.stderr).toContain(says);
  expect(said.stderr).not.toMatch(/\n\s+at /);
});

test("what an artifact says cannot move the cursor or recolour the terminal", async () => {
  const { privateKey } = await generateKeyPair("ES256");
  const nasty = await new SignJWT({ iss: "\u001B[2J\u001B[31mhttps://x", amr: ["mfa\u009B1m"] })
    .setProtectedHeader({ alg: "ES256" })
    .sign(privateKey);
  await using folder = await temporaryFolder();
  const { stdout } = await mfaHarness(["judge", "-"], folder.path, nasty);
  expect(stdout).not.toMatch(/(?!\n)\p{Cc}/u);
});
