import type { HmacSecret, PublicText, Spelling } from "./hmac-secret-schema.ts";
import { type EmissionKey, publicJwk } from "../keys/keys.ts";
import type { TokenModel } from "../model.ts";

type Structure = "pkcs1" | "spki";

const LABELS: Readonly<Record<Structure, string>> = { pkcs1: "RSA PUBLIC KEY", spki: "PUBLIC KEY" };

function inLines(base64: string): string {
  return (base64.match(/.{1,64}/g) ?? []).join("\n");
}

function spelled(spelling: Spelling, der: Buffer, label: string): string | Buffer {
  const base64 = der.toString("base64");
  const [head, tail] = [`-----BEGIN ${label}-----`, `-----END ${label}-----`];
  const pem = [head, inLines(base64), tail, ""].join("\n");
  const spellings: Readonly<Record<Spelling, string | Buffer>> = {
    pem,
    "pem-without-last-newline": pem.trimEnd(),
    "pem-with-crlf": pem.replaceAll("\n", "\r\n"),
    "pem-in-one-line": [head, base64, tail].join(""),
    "base64-in-lines": `${inLines(base64)}\n`,
    base64,
    base64url: der.toString("base64url"),
    hex: der.toString("hex"),
    der,
  };
  return spellings[spelling];
}

function audienceOf({ claims }: TokenModel): string {
  const first: unknown = [claims["aud"]].flat()[0];
  return typeof first === "string" ? first : "";
}

function publicText(material: PublicText, key: EmissionKey, model: TokenModel): string | Buffer {
  const { n = "", e = "" } = key.publicKey.export({ format: "jwk" });
  const texts: Readonly<Record<PublicText, string | Buffer>> = {
    modulus: n,
    "modulus-bytes": Buffer.from(n, "base64url"),
    exponent: e,
    jwk: JSON.stringify(publicJwk(key)),
    jwks: JSON.stringify({ keys: [publicJwk(key)] }),
    kid: key.kid,
    audience: audienceOf(model),
  };
  return texts[material];
}

/** The bytes or text that key an HMAC signature, made from the public half of a key. */
export function hmacSecret(
  secret: HmacSecret | undefined,
  key: EmissionKey,
  model: TokenModel,
): string | Buffer {
  if (secret !== undefined && "text" in secret) return secret.text;
  if (secret !== undefined && "material" in secret) return publicText(secret.material, key, model);
  const { structure, spelling } = secret ?? { structure: "spki", spelling: "pem" };
  const der = key.publicKey.export({ type: structure, format: "der" });
  return spelled(spelling, der, LABELS[structure]);
}
