import { X509Certificate } from "node:crypto";
import { compactVerify, createRemoteJWKSet, decodeProtectedHeader } from "jose";
import { expect, test } from "vitest";
import { startIdp } from "../../../harness/idp/start-idp.ts";
import { emissionSchema } from "../../../harness/emission/emission.ts";

test("a reader that follows jku verifies a token of the attacker, and the journal shows that it came", async () => {
  await using idp = await startIdp();
  const emission = emissionSchema.parse({
    channel: "oidc",
    profile: "password-and-otp",
    key: "stranger",
    patch: [
      { op: "fill", path: "/idToken/header/jku", keys: ["stranger"], as: "jwks-url" },
      { op: "fill", path: "/idToken/header/kid", keys: ["stranger"], as: "kid" },
    ],
  });
  const now = Math.floor(Date.now() / 1000);
  const { artifact } = await idp.issue(emission, { user: "a@partner.example", audience: "p", now });
  const { jku = "" } = decodeProtectedHeader(artifact);
  const { protectedHeader } = await compactVerify(artifact, createRemoteJWKSet(new URL(jku)));
  expect(protectedHeader.jku).toBe(`${idp.origin}/keys/stranger/jwks.json`);
  expect(idp.journal().map(({ path }) => path)).toContain("/keys/stranger/jwks.json");
});

test("sets and chains keep their order; what is no key is not found", async () => {
  await using idp = await startIdp();
  const get = (path: string): Promise<Response> => fetch(`${idp.origin}/keys/${path}`);
  const set: unknown = await (await get("stranger,published/jwks.json")).json();
  expect(set).toMatchObject({ keys: [{ kty: "RSA" }, idp.trust.jwks.keys[0]] });
  const pem = await (await get("published,stranger/certificate.pem")).text();
  const [first = "", second = ""] = pem.split(/(?<=-----END CERTIFICATE-----\n)/);
  expect(new X509Certificate(first).publicKey.export({ format: "jwk" })).toMatchObject({
    n: idp.trust.jwks.keys[0]?.["n"],
  });
  expect(new X509Certificate(second).publicKey.asymmetricKeyType).toBe("rsa");
  expect((await get("nobody/jwks.json")).status).toBe(404);
  expect((await get("published,nobody/certificate.pem")).status).toBe(404);
});
