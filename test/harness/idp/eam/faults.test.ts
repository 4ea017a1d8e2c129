import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { emissionSchema, type Emission } from "../../../../harness/emission/emission.ts";
import { discoverProvider, eamParameters, postFields } from "../../../../harness/entra/eam-client.ts";
import type { MockIdp } from "../../../../harness/idp/mock-idp.ts";
import { startIdp } from "../../../../harness/idp/start-idp.ts";
import { METHODS, orderOf, REDIRECT_URI, standIn } from "./requests.ts";

let idp: MockIdp;

beforeAll(async () => {
  idp = await startIdp();
});

afterAll(async () => await idp.stop());

function emissionOf(...patch: readonly object[]): Emission {
  return emissionSchema.parse({ channel: "eam", profile: "password-and-otp", patch });
}

const set = (path: string, value: unknown) => ({ op: "set", path, value });

async function fetchFrom(choice: string, path: string): Promise<Response> {
  return await fetch(`${idp.origin}/fault/${choice}/eam/${path}`);
}

describe("discovery and keys of an issuer of an emission's own", () => {
  const DISCOVERY = ".well-known/openid-configuration";

  test.each([
    [
      DISCOVERY,
      set("/eamDiscovery/issuer", "https://idp.example:443/eam"),
      "issuer",
      "https://idp.example:443/eam",
    ],
    [DISCOVERY, set("/eamDiscovery/scopes_supported", []), "scopes_supported", []],
    ["jwks", set("/eamJwks/keys", []), "keys", []],
    ["jwks", { op: "raw", path: "/eamJwks/keys", text: '[],"keys":[{}]' }, "keys", [{}]],
  ])("%s says what the patch says: %j", async (path, patch, member, value) => {
    const choice = idp.offer(emissionOf(patch), "offered by a test");
    const response = await fetchFrom(choice, path);
    const text = await response.text();
    expect(response.headers.get("content-length")).toBe(String(Buffer.byteLength(text)));
    expect(JSON.parse(text)).toHaveProperty([member], value);
    const shared = await fetch(`${idp.trust.eamIssuer}/${path}`);
    expect(await shared.json()).not.toHaveProperty([member], value);
  });

  test.each([
    [DISCOVERY, "/eamDiscovery"],
    ["jwks", "/eamJwks"],
  ])("%s that a patch took away is not found", async (path, removed) => {
    const choice = idp.offer(emissionOf({ op: "remove", path: removed }), "offered by a test");
    expect((await fetchFrom(choice, path)).status).toBe(404);
  });

  test("a patch that does not fit is told, without a stack", async () => {
    const choice = idp.offer(emissionOf(set("/eamDiscovery/no/such", 1)), "offered by a test");
    const response = await fetchFrom(choice, DISCOVERY);
    expect(response.status).toBe(500);
    expect(await response.text()).toMatch(/there is no \/eamDiscovery\/no(?![\s\S]*\n\s+at )/);
  });

  test("every hint of the one stand-in is believed there", async () => {
    const choice = idp.offer(emissionOf(), "offered by a test");
    const issuer = `${idp.origin}/fault/${choice}/eam`;
    const endpoint = await discoverProvider(`${issuer}/.well-known/openid-configuration`);
    const page = await postFields(endpoint, await eamParameters(standIn(idp), orderOf()));
    expect(page.form).toMatchObject({ kind: "sign-in", action: `${issuer}/sign-in` });
  });
});

test("the keys are published before they sign, each under its base64 id with a certificate", async () => {
  const published = await fetch(`${idp.trust.eamIssuer}/jwks`);
  const jwk = z.looseObject({ kid: z.string(), x5c: z.array(z.string()) });
  const { keys } = z.object({ keys: z.array(jwk) }).parse(await published.json());
  expect(keys.length).toBeGreaterThan(1);
  expect(new Set(keys.map(({ kid }) => kid)).size).toBe(keys.length);
  for (const { kid, x5c } of keys) {
    expect(kid).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    expect(x5c).toHaveLength(1);
  }
});

async function answered(...patch: readonly object[]): Promise<Response> {
  const choice = idp.offer(emissionOf(...patch), "offered by a test");
  const parameters = await eamParameters(standIn(idp), orderOf());
  const fields = { ...parameters, user: "u", emission: choice, action: "sign-in" };
  const body = new URLSearchParams(fields);
  return await fetch(`${idp.trust.eamIssuer}/sign-in`, { method: "POST", body, redirect: "manual" });
}

describe("how an answer travels (Entra's EAM provider reference)", () => {
  test.each([
    ["query", (url: URL) => url.searchParams],
    ["fragment", (url: URL) => new URLSearchParams(url.hash.slice(1))],
  ])("%s: by redirect", async (mode, read) => {
    const response = await answered(set("/eamResponse/responseMode", mode));
    expect(response.status).toBe(303);
    const url = new URL(response.headers.get("location") ?? "");
    expect(`${url.origin}${url.pathname}`).toBe(REDIRECT_URI);
    expect([...read(url).keys()]).toEqual(["id_token", "state"]);
  });

  test("an error in the place of the token", async () => {
    const patches = [
      { op: "remove", path: "/eamResponse/idToken" },
      set("/eamResponse/error", "access_denied"),
    ];
    const html = await (await answered(...patches)).text();
    expect(html).toContain('name="error" value="access_denied"');
    expect(html).not.toContain('name="id_token"');
  });

  test.each([
    [set("/eamResponse/responseMode", "carrier_pigeon"), "responseMode"],
    [set("/eamResponse/error", 7), "error"],
    [{ op: "remove", path: "/eamResponse/idToken" }, "no token"],
  ])("%j cannot be made, and the page says so", async (patch, text) => {
    const response = await answered(patch);
    expect(response.status).toBe(500);
    expect(await response.text()).toContain(text);
  });
});

test.each([
  ["next", "next"],
  ["weak", "weak"],
] as const)("key %s signs under the id of the key %s when it is filled in", async (key, named) => {
  const fill = { op: "fill", path: "/eamResponse/idToken/header/kid", keys: [named], as: "kid-base64" };
  const emission = { ...emissionOf(fill), key };
  const eam = { subject: "s", acrValues: ["possession"], amrValues: METHODS };
  const { artifact } = await idp.issue(emission, { user: "u", audience: "a", nonce: "n", eam });
  const header: unknown = JSON.parse(Buffer.from(artifact.split(".")[0] ?? "", "base64url").toString());
  const { kid } = idp.trust.eamJwks.keys[["published", "next", "weak"].indexOf(named)] ?? {};
  expect(header).toMatchObject({ kid });
});
