import { expect, test } from "vitest";
import { z } from "zod";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { emissionOf } from "./relying-party.ts";

const keySetSchema = z.object({ keys: z.array(z.record(z.string(), z.unknown())) });

const text = async (url: string): Promise<string> => await (await fetch(url)).text();

test("what the IdP at / publishes is changed, what other issuers publish is not", async () => {
  const entry = { id: "mine", title: "Mine", emission: emissionOf({}) };
  await using idp = await startIdp({
    catalogue: [entry],
    overrides: [
      { op: "set", path: "/discovery/scopes_supported", value: ["openid", "mine"] },
      { op: "set", path: "/jwks/keys", value: [] },
      { op: "set", path: "/samlMetadata/wantAuthnRequestsSigned", value: "true" },
      { op: "set", path: "/eamDiscovery/issuer", value: "https://elsewhere.example" },
      { op: "remove", path: "/eamJwks/keys/0/x5c" },
    ],
  });
  const documents = async (base: string): Promise<readonly string[]> => [
    await text(`${base}/oidc/.well-known/openid-configuration`),
    await text(`${base}/oidc/jwks`),
    await text(`${base}/saml/metadata`),
    await text(`${base}/eam/.well-known/openid-configuration`),
  ];
  const changed: readonly string[] = [
    '"scopes_supported":["openid","mine"]',
    '{"keys":[]}',
    'WantAuthnRequestsSigned="true"',
    '"issuer":"https://elsewhere.example"',
  ];
  const own = await documents(idp.origin);
  const other = await documents(`${idp.origin}/fault/mine`);
  expect(own.map((document, index) => document.includes(changed[index] ?? ""))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(other.map((document, index) => document.includes(changed[index] ?? ""))).toEqual([
    false,
    false,
    false,
    false,
  ]);
  const { keys } = keySetSchema.parse(JSON.parse(await text(`${idp.origin}/eam/jwks`)));
  expect(keys.slice(0, 2).map((key) => Object.hasOwn(key, "x5c"))).toEqual([false, true]);
});

test("the emission in use changes what the overrides left", async () => {
  await using idp = await startIdp({
    overrides: [{ op: "set", path: "/discovery/service_documentation", value: "https://a.example" }],
  });
  const path = "/discovery/service_documentation";
  await idp.use(emissionOf({ patch: [{ op: "affix", path, before: "", after: "/b" }] }));
  const discovery = await text(`${idp.trust.oidcIssuer}/.well-known/openid-configuration`);
  expect(discovery).toContain('"service_documentation":"https://a.example/b"');
});

test.each([
  { path: "/idToken/claims/iss", problem: "overrides/0/path: expected a path under /discovery" },
  { path: "discovery", problem: "overrides/0/path: expected a JSON Pointer" },
])("an override of $path is refused at the start", async ({ path, problem }) => {
  const message: unknown = expect.stringContaining(problem);
  const refusal = { code: "ERR_CONFIG_INVALID", message };
  await expect(startIdp({ overrides: [{ op: "remove", path }] })).rejects.toMatchObject(refusal);
});
