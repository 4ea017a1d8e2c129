import { expect, test } from "vitest";
import { findArtifacts } from "../../../src/find/find-artifacts.ts";

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const token = (claims: object, header: object = { alg: "RS256" }): string =>
  `${part(header)}.${part(claims)}.c2lnbmF0dXJl`;

const ACCESS = token({ scp: "user_impersonation", ver: "1.0" });
const EAM = token({ acr: "possessionorinherence", amr: ["otp"] });
const ROLES = token({ roles: ["a"] });
const EITHER = ["eam-token", "id-token"];
const JWE = `${part({ alg: "RSA-OAEP", enc: "A128GCM" })}.a.b.c.d`;

const id = (artifact: string, at: string) => ({ kind: "id-token", artifact, at });
const access = (artifact: string, at: string) => ({ kind: "access-token", artifact, at });
const eam = (artifact: string, at: string) => ({ kind: "eam-token", artifact, at });

test.each([
  // Entra access token claims reference.
  ...["scp", "appid", "appidacr", "azpacr", "idtyp", "scope", "client_id"].map((claim) => ({
    name: `an access token by its ${claim}`,
    text: token({ sub: "a", [claim]: "x" }),
    found: [access(token({ sub: "a", [claim]: "x" }), "")],
  })),
  {
    name: "an access token by its type",
    text: token({}, { alg: "none", typ: "at+JWT" }),
    found: [access(token({}, { alg: "none", typ: "at+JWT" }), "")],
  },
  // Entra: app roles stand in ID tokens and in access tokens. Of a person's sign-in, an access token would have scp.
  {
    name: "a token with roles and nothing else",
    text: ROLES,
    found: [{ ...id(ROLES, ""), kinds: ["id-token", "access-token"] }],
  },
  ...["nonce", "at_hash", "c_hash", "name", "preferred_username", "auth_time"].map((claim) => ({
    name: `an ID token with roles by its ${claim}`,
    text: token({ roles: ["a"], [claim]: "x" }),
    found: [id(token({ roles: ["a"], [claim]: "x" }), "")],
  })),
  {
    name: "a token with a permission and a nonce",
    text: token({ scp: "a", nonce: "n" }),
    found: [{ ...id(token({ scp: "a", nonce: "n" }), ""), kinds: ["id-token", "access-token"] }],
  },
  { name: "a token with an acr of external methods", text: EAM, found: [{ ...eam(EAM, ""), kinds: EITHER }] },
  {
    name: "an encrypted token",
    text: JWE,
    found: [{ ...id(JWE, ""), kinds: ["id-token", "access-token"] }],
  },
  {
    name: "a token with roles under a name that tells",
    text: `id_token=${ROLES}&access_token=${ACCESS}`,
    found: [id(ROLES, "id_token"), access(ACCESS, "access_token")],
  },
])("$name", ({ text, found }) => {
  expect(findArtifacts(text)).toEqual(found);
});
