import { generateKeyPairSync, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { contentGiven, withoutSecrets } from "../../../harness/cli/secrets.ts";
import { idClaims, rsaKey, signed } from "../../src/support/tokens.ts";

const token = signed({ alg: "RS256" }, idClaims(), rsaKey("k"));
const pretty = Buffer.from('{\n  "alg": "RS256"\n}').toString("base64url");
const pem = generateKeyPairSync("ed25519").privateKey.export({ format: "pem", type: "pkcs8" }).toString();

test.each([
  { name: "a token", secret: token },
  { name: "a token in a URL", secret: `https://rp/cb#id_token=${token}`, part: token },
  { name: "a token that is percent-encoded", secret: encodeURIComponent(`a=${token}`), part: token },
  { name: "a token whose header has line breaks", secret: `${pretty}.${pretty}.sig`, part: pretty },
  { name: "a private key", secret: pem, part: pem.split("\n")[1] ?? "" },
  { name: "a response in base64", secret: randomBytes(400).toString("base64") },
  { name: "an opaque token", secret: `0.AXo${randomBytes(200).toString("base64url")}`, part: "AXo" },
])("$name is kept out of a message", ({ secret, part = secret }) => {
  expect(withoutSecrets(`cannot read ${secret}: no`)).not.toContain(part);
  expect(contentGiven(secret)).toBeDefined();
});

test.each([
  "token.jwt",
  "/home/kim/projects/contoso-portal/build/2026-11-30/artifacts/sign-in-of-Kim.har",
  "C:\\Users\\Kim\\AppData\\Local\\Temp\\3f0e5b1c-0b7c-4f0e-9a55-0c1f6a3f7d10\\response.xml",
  "eyewitness-account-of-the-incident.txt",
  "../captures/SAMLResponse 2026-11-30 (2).xml",
])("%s is the name of a file", (name) => {
  expect(withoutSecrets(`cannot read ${name}`)).toBe(`cannot read ${name}`);
  expect(contentGiven(name)).toBeUndefined();
});
