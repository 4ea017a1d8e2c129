import { once } from "node:events";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { mfaHarness, startMfaHarness } from "../../support/command-line.ts";
import { makeUserAgent } from "../idp/user-agent.ts";
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
    stderr: `port ${port} on 127.0.0.1 is taken by another program\nChoose another port, or 0 for any free one.\n`,
  });
});
