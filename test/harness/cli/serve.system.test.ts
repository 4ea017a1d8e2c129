import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { loadConfig } from "../../../harness/cli/config/config.ts";
import { mfaHarness, startMfaHarness } from "../../support/command-line.ts";
import { makeUserAgent } from "../idp/user-agent.ts";
import { scenarioFiles } from "../../support/scenario-files.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

test("serve prints addresses that answer, offers every scenario, and ends on Ctrl-C", async () => {
  await using folder = await temporaryFolder();
  const child = startMfaHarness(["serve"], folder.path);
  const urls: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    const url = /http:\S+/.exec(line)?.[0];
    if (url !== undefined) urls.push(url);
    if (line.startsWith("Ctrl-C")) break;
  }
  const anywhere = "http://127.0.0.1:";
  const visits = await Promise.all(urls.map(async (url) => await makeUserAgent(anywhere).get(url)));
  const pages = visits.map(({ html }) => html);
  child.kill("SIGINT");
  await once(child, "exit");
  expect(child.exitCode).toBe(0);
  const [oidc = "", customers = "", saml = "", wsFed = "", external = "", ...idp] = pages;
  expect(oidc).toContain("amr names both factors but not &quot;mfa&quot;");
  expect(customers).toContain("A v2.0 access token, which never carries amr");
  expect(saml).toContain("AuthnContextClassRef is multipleauthn");
  expect(wsFed).toContain("multipleauthn in the statement and in the attribute");
  expect(external).toContain('name="id_token_hint"');
  expect(idp).toEqual([
    expect.stringContaining("<html"),
    expect.stringContaining('"authorization_endpoint"'),
    expect.stringContaining("IDPSSODescriptor"),
    expect.stringContaining("SecurityTokenServiceType"),
    expect.stringContaining('"id_token_signing_alg_values_supported":["RS256"]'),
  ]);
});

test("a port that is taken → one sentence and the next step, exit 2", async () => {
  await using folder = await temporaryFolder();
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const said = await mfaHarness(["serve", "--port", String(port)], folder.path);
  server.close();
  expect(said).toEqual({
    exitCode: 2,
    stdout: "",
    stderr: `port ${port} on 127.0.0.1 is taken by another program\nChoose another port, or name none for any free one.\n`,
  });
});

/** A configuration whose scenarios are quickly read. */
const FEW = "scenarios: [few]\n";
const [SCENARIO = ""] = Object.values(await scenarioFiles(["access-token-acr-zero"]));

/** A folder with a configuration, and with what it names. */
async function configured(config: string) {
  return await temporaryFolder({ "mfa-harness.yaml": config, "few/access-token-acr-zero.yaml": SCENARIO });
}

/** What `serve` printed until it was ready; it is ended then. */
async function servedLines(args: readonly string[], folder: string) {
  const child = startMfaHarness(["serve", ...args], folder);
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (line.startsWith("Ctrl-C")) break;
  }
  child.kill("SIGINT");
  if (child.exitCode === null) await once(child, "exit");
  return lines;
}

function valueOf(lines: readonly string[], name: string): string {
  return (
    lines
      .find((line) => line.trim().startsWith(name))
      ?.replace(name, "")
      .trim() ?? ""
  );
}

test.each([
  { args: ["--auto-sign-in"], serve: "" },
  { args: [], serve: "serve: { signIn: automatic }\n" },
])("serve $args with $serve asks nobody: a visit to the portal ends signed in", async ({ args, serve }) => {
  await using folder = await configured(`${FEW}${serve}`);
  const child = startMfaHarness(["serve", ...args], folder.path);
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (line.startsWith("Ctrl-C")) break;
  }
  const portal = valueOf(lines, "relying party (OIDC)");
  const visit = await makeUserAgent("http://127.0.0.1:").get(portal);
  child.kill("SIGINT");
  await once(child, "exit");
  expect(lines[0]).toContain("nobody is asked");
  expect(visit.url).toBe(portal);
  expect(visit.html).toContain("agent@partner.example");
});

test("serve with https writes the authority to a file, and its own partner apps trust it", async () => {
  await using folder = await configured(
    `${FEW}serve:\n  https: true\n  apiToken: from-file\n  now: 2030-03-17T17:46:40Z\n`,
  );
  const began = Date.now();
  const lines = await servedLines(["--ca-file", "ca.pem", "--api-token", "from-flag"], folder.path);
  const took = Date.now() - began;
  expect(valueOf(lines, "mock IdP")).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  expect(valueOf(lines, "relying party (OIDC)")).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/portal$/);
  expect(valueOf(lines, "external method (EAM)")).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/portal$/);
  expect(valueOf(lines, "authority to trust")).toBe("ca.pem, e.g. NODE_EXTRA_CA_CERTS=ca.pem");
  expect(valueOf(lines, "live API demands")).toBe("Authorization: Bearer from-flag");
  const [shown = "", remark] = valueOf(lines, "clock of the IdP").split("; ");
  expect(remark).toBe("partner apps keep the machine's");
  // It goes on from where it was set, as long as the start takes.
  const passed = Date.parse(shown) - Date.parse("2030-03-17T17:46:40Z");
  expect(passed).toBeGreaterThanOrEqual(0);
  expect(passed).toBeLessThanOrEqual(took + 1000);
  const { ca, subject } = new X509Certificate(await readFile(join(folder.path, "ca.pem")));
  expect([ca, subject]).toEqual([true, "CN=mfa-harness test authority"]);
});

test("under the URL of another machine the IdP is served alone, and its API demands a token", async () => {
  await using folder = await configured(FEW);
  const lines = await servedLines(["--external-url", "https://idp.example.test/base"], folder.path);
  expect(valueOf(lines, "mock IdP")).toBe("https://idp.example.test/base");
  expect(valueOf(lines, "relying party (OIDC)")).toBe("");
  expect(valueOf(lines, "live API demands")).toMatch(/^Authorization: Bearer [\w-]{32}$/);
});

test.each([
  { args: ["--ca-file", "ca.pem"], says: "there is no authority to write to ca.pem without https\n" },
  {
    args: ["--https", "--ca-file", "missing/ca.pem"],
    says: "cannot write the certificate of the authority to missing/ca.pem\n",
  },
])("serve $args → one sentence and the next step, exit 2", async ({ args, says }) => {
  await using folder = await temporaryFolder();
  const { exitCode, stdout, stderr } = await mfaHarness(["serve", ...args], folder.path);
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr.startsWith(says)).toBe(true);
  expect(stderr.trim().split("\n")).toHaveLength(2);
});

test("the configuration may register a relying party in every way, and is told where it is wrong", async () => {
  const right = { responseTypes: ["code id_token token"], idTokenSignedResponseAlg: "PS256" };
  const registration = { clientId: "portal", redirectUris: ["https://portal.example/callback"], ...right };
  await using folder = await temporaryFolder({
    "right.yaml": JSON.stringify({ serve: { relyingParties: [registration] } }),
    "wrong.yaml": `serve:
  overrides: [{ op: remove, path: /idToken/claims/iss }]
  relyingParties:
    - { clientId: portal, redirectUris: ["https://portal.example/callback"], responseTypes: [none] }
`,
  });
  const config = await loadConfig(join(folder.path, "right.yaml"));
  expect(config.serve?.relyingParties).toEqual([registration]);
  const { exitCode, stderr } = await mfaHarness(["serve", "-c", "wrong.yaml"], folder.path);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("wrong.yaml:2:35 serve.overrides.0.path: expected a path under /discovery");
  expect(stderr).toContain("serve.relyingParties.0.responseTypes.0: ");
});
