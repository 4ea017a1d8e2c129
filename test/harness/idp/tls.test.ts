import { execFile } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { promisify } from "node:util";
import * as client from "openid-client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEntra } from "../../../harness/entra/start-entra.ts";
import type { MockIdp } from "../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { authorize, discover, emissionOf, PORTAL } from "./relying-party.ts";

const trusted = getCACertificates("default");
let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp({ https: true, relyingParties: [PORTAL] });
  setDefaultCACertificates([...trusted, idp.caCertificate ?? ""]);
});

afterAll(async () => {
  setDefaultCACertificates(trusted);
  await idp.stop();
});

test("every issuer is https, and the authority is new at each start", async () => {
  const { oidcIssuer, samlEntityId, wsFedIssuer, eamIssuer } = idp.trust;
  expect(idp.origin).toBe(`https://127.0.0.1:${idp.port}`);
  for (const issuer of [oidcIssuer, samlEntityId, wsFedIssuer, eamIssuer]) {
    expect(issuer.startsWith(`${idp.origin}/`)).toBe(true);
  }
  await using other = await startIdp({ https: true });
  const [one, two] = [idp, other].map(
    ({ caCertificate }) => new X509Certificate(caCertificate ?? "").fingerprint256,
  );
  expect(one).not.toBe(two);
  await using plain = await startIdp();
  expect(plain.caCertificate).toBeUndefined();
});

test("openid-client signs in over https without being told to allow anything insecure", async () => {
  const metadata = { client_secret: PORTAL.clientSecret };
  const strict = await client.discovery(new URL(idp.trust.oidcIssuer), PORTAL.clientId, metadata);
  client.enableNonRepudiationChecks(strict);
  const { url } = await authorize(idp, strict, {});
  const tokens = await client.authorizationCodeGrant(strict, new URL(url));
  expect(tokens.claims()?.iss).toBe(idp.trust.oidcIssuer);
});

test("cookies are for https alone", async () => {
  const portal = await discover(idp);
  const url = client.buildAuthorizationUrl(portal, { redirect_uri: PORTAL.redirectUris[0] });
  const lines = (await fetch(url, { redirect: "manual" })).headers.getSetCookie();
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.filter((line) => !/; secure/i.test(line))).toEqual([]);
});

test("the stand-in for Entra reads an external method's metadata over https", async () => {
  await using entra = await startEntra(idp);
  const portal = await fetch(`${entra.tenant.origin}/portal`);
  expect(await portal.text()).toContain(`${idp.trust.eamIssuer}/authorize`);
});

test.each([
  { trusts: "the authority", says: "issuer" },
  { trusts: "nobody new", says: "refused" },
])("a Node client of its own that trusts $trusts: $says", async ({ trusts, says }) => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, "ca.pem");
  await writeFile(file, idp.caCertificate ?? "");
  const script = `
    import * as client from "openid-client";
    const found = await client.discovery(new URL(${JSON.stringify(idp.trust.oidcIssuer)}), "portal").catch(() => undefined);
    process.stdout.write(found === undefined ? "refused" : "issuer");`;
  const env = trusts === "the authority" ? { ...process.env, NODE_EXTRA_CA_CERTS: file } : process.env;
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", script], { env });
  expect(stdout).toBe(says);
});

test("where the clock stands makes no difference to the certificate of the server", async () => {
  const far = 4_000_000_000;
  await using later = await startIdp({ https: true, now: () => far });
  setDefaultCACertificates([...trusted, later.caCertificate ?? ""]);
  expect((await fetch(`${later.origin}/_harness/health`)).status).toBe(200);
  const { artifact } = await later.issue(emissionOf({}), { user: "u", audience: "a" });
  expect(Buffer.from(artifact.split(".")[1] ?? "", "base64url").toString()).toContain(`"iat":${far}`);
});
