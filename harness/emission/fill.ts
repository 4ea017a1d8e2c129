import { selfSignedCertificate } from "./keys/certificate.ts";
import { eamKeyId } from "./eam/keys.ts";
import type { KeyName } from "./keys/key-names.ts";
import { type EmissionKey, type EmissionKeys, publicJwk } from "./keys/keys.ts";
import type { Patch } from "./patch-schema.ts";

/** What a token shows of keys is made from these. */
export interface KeySource {
  readonly keys: EmissionKeys;
  /** An issuer of the mock IdP: what is shown lives beside it. */
  readonly issuer: string;
  /** Seconds since the epoch. */
  readonly now: number;
}

type Fill = Extract<Patch, { op: "fill" }>;
type Form = (fill: Fill, found: readonly [EmissionKey, ...EmissionKey[]], source: KeySource) => unknown;

/** Names of the certificates, as short as what they say. */
const COMMON_NAME = "mfa-harness mock IdP";

/** The base64 of the DER form, as `x5c` wants it. RFC 7515 §4.1.6. */
function certificateOf(key: EmissionKey, now: number): string {
  return selfSignedCertificate(key, COMMON_NAME, now).replaceAll(/-----[A-Z ]+-----|\s/g, "");
}

/** What an issuer has behind the place where the mock IdP lives: the protocol, for an issuer of its own below its id. */
const ISSUER_PATH = /(\/fault\/[^/]+)?\/[^/]+$/;

/** Where the mock IdP shows keys to whoever is sent there by a token. */
function keyAddress(issuer: string, names: readonly KeyName[], document: string): string {
  return `${issuer.replace(ISSUER_PATH, "")}/keys/${names.join(",")}/${document}`;
}

const FORMS: Readonly<Record<Fill["as"], Form>> = {
  kid: (_fill, [{ kid }]) => kid,
  "kid-base64": (_fill, [key]) => eamKeyId(key),
  jwk: (_fill, [key]) => publicJwk(key),
  "jwk-text": (_fill, [key]) => JSON.stringify(publicJwk(key)),
  "jwk-data-url": (_fill, [key]) => {
    const base64 = Buffer.from(JSON.stringify(publicJwk(key))).toString("base64");
    return `data:application/jwk+json;base64,${base64}`;
  },
  x5c: (_fill, found, { now }) => found.map((key) => certificateOf(key, now)),
  "jwks-url": ({ keys }, _found, { issuer }) => keyAddress(issuer, keys, "jwks.json"),
  "certificate-url": ({ keys }, _found, { issuer }) => keyAddress(issuer, keys, "certificate.pem"),
};

async function filledPatch(patch: Patch, source: KeySource): Promise<Patch> {
  if (patch.op !== "fill") return patch;
  const [first, ...rest] = await Promise.all(patch.keys.map((name) => source.keys[name]()));
  if (first === undefined) return patch;
  return { op: "set", path: patch.path, value: FORMS[patch.as](patch, [first, ...rest], source) };
}

/** Turns every `fill` into the `set` that writes what it names; other patches stay as they are. */
export async function filled(patches: readonly Patch[], source: KeySource): Promise<readonly Patch[]> {
  return await Promise.all(patches.map((patch) => filledPatch(patch, source)));
}
