import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { createLocalJWKSet, type JWTPayload, jwtVerify } from "jose";
import { expect, test } from "vitest";
import { z } from "zod";
import { passportSamlPortal } from "../../real-clients/apps/passport-saml/portal.ts";
import { mfaHarness, startMfaHarness } from "../../support/command-line.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { deadOrigin, serve, type TestServer } from "../transport/serve.ts";

const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

async function textOf(url: string): Promise<string> {
  return await (await fetch(url)).text();
}

/** What the IdP of `serve` in this folder publishes. */
async function servedIn(folder: string, idp: string) {
  const child = startMfaHarness(["serve"], folder);
  for await (const line of createInterface(child.stdout)) if (line.startsWith("Ctrl-C")) break;
  const jwks = await textOf(`${idp}/oidc/jwks`);
  const metadata = await textOf(`${idp}/saml/metadata`);
  child.kill("SIGINT");
  await once(child, "exit");
  return { jwks, metadata };
}

/** An API that fetches the keys of its issuer once and never again. */
async function apiOf(idp: string): Promise<TestServer> {
  let keys: ReturnType<typeof createLocalJWKSet> | undefined;
  const claimsOf = async (header: string): Promise<JWTPayload> => {
    keys ??= createLocalJWKSet(keySet.parse(JSON.parse(await textOf(`${idp}/oidc/jwks`))));
    return (await jwtVerify(header.replace("Bearer ", ""), keys)).payload;
  };
  return await serve(async (request, response) => {
    const claims = await claimsOf(request.headers.authorization ?? "").catch(() => undefined);
    const amr = claims?.["amr"];
    response.writeHead(Array.isArray(amr) && amr.includes("mfa") ? 200 : 401).end();
  });
}

/** A service provider that was given the metadata as a file. */
async function portalWith(metadata: string, idp: string) {
  const origin = await deadOrigin();
  const [, base64 = ""] = /X509Certificate>([^<]+)</.exec(metadata) ?? [];
  const app = passportSamlPortal({
    origin,
    signOnUrl: `${idp}/saml/sso`,
    idpEntityId: `${idp}/saml/metadata`,
    idpCertificate: base64,
  });
  const server = app.listen(Number(new URL(origin).port), "127.0.0.1");
  await once(server, "listening");
  return { origin, [Symbol.asyncDispose]: async () => void server.close() };
}

const FEW = "^(access-token-(with-mfa|amr-missing)|class-(multipleauthn|password))/";

test("keys stay for serve, doctor and run: what cached or was given them decides every case", async () => {
  const idp = await deadOrigin();
  await using folder = await temporaryFolder({
    "mfa-harness.yaml": `serve: { port: ${new URL(idp).port} }\n`,
  });
  const first = await servedIn(folder.path, idp);
  await using api = await apiOf(idp);
  await using portal = await portalWith(first.metadata, idp);
  const targets = {
    api: { kind: "api", url: api.origin },
    portal: {
      kind: "app",
      channels: ["saml"],
      start: `${portal.origin}/portal`,
      signedIn: { selector: "#user" },
      granted: { text: "Your customers" },
      refused: { text: "A second factor is missing" },
    },
  };
  const config = JSON.stringify({ serve: { port: Number(new URL(idp).port) }, targets });
  await writeFile(`${folder.path}/mfa-harness.yaml`, config);
  expect(await mfaHarness(["doctor"], folder.path)).toMatchObject({ stderr: "" });
  const run = async (...flags: readonly string[]) =>
    await mfaHarness(["run", "-g", FEW, "-r", "list", ...flags], folder.path);
  const again = await servedIn(folder.path, idp);
  expect(again).toEqual(first);
  expect((await run()).stdout).toContain("4 passed, 0 failed");
  // New keys, and nobody fetched them: nothing is proven, and it is told why that may be.
  const fresh = await run("--fresh-keys");
  expect(fresh.stdout).toMatch(
    /doctor saw portal accept a good sign-in at 20\S+Z: it may hold keys of an earlier start/,
  );
});
