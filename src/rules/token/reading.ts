import type { ObstacleKind } from "../../read/reading.ts";
import type { ReadingRule } from "../../rule.ts";

/** The channels whose artifact is a token. */
export type TokenChannel = "oidc" | "partner-api" | "eam";

/** A reading rule before a channel puts its name in front: `<subject>.<fault>`. */
type NamedRule = Omit<ReadingRule, "id"> & { readonly name: string };

const RULES: readonly NamedRule[] = [
  {
    name: "token.malformed",
    obstacle: "malformed",
    severity: "error",
    title: "token cannot be read",
    requirements: [],
    reference: "RFC 7515 §7.1, RFC 7519 §7.2",
    remedy:
      "Send the compact serialisation exactly: three base64url segments, JSON objects with no name twice.",
    about: "message",
  },
  {
    name: "token.too-large",
    obstacle: "too-large",
    severity: "error",
    title: "token is too large",
    requirements: [],
    reference: "RFC 8725 §2.9",
    remedy: "Keep the token small: below 2 MB, or what the policy says, and below 64 levels.",
    about: "message",
  },
  {
    name: "token.encrypted",
    obstacle: "encrypted",
    severity: "error",
    title: "token is encrypted",
    requirements: [],
    reference: "RFC 7516 §3.1",
    remedy: "Give the policy the private key that the token is encrypted for.",
    about: "message",
    verdict: "inconclusive",
  },
  {
    name: "token.undecryptable",
    obstacle: "decryption-failed",
    severity: "error",
    title: "token cannot be decrypted",
    requirements: [],
    reference: "RFC 7516 §5.2",
    remedy:
      "Encrypt the signed token with the public key that the reader publishes, and change nothing after.",
    about: "message",
  },
  {
    name: "algorithm.forbidden",
    obstacle: "algorithm-forbidden",
    severity: "error",
    title: "algorithm is not accepted",
    requirements: [],
    reference: "RFC 8725 §3.1, §3.2",
    remedy:
      "Sign with a key pair, RS256 or ES256 for example, and encrypt with RSA-OAEP-256 or ECDH-ES: never with a shared secret.",
    about: "message",
  },
  {
    name: "header.forbidden",
    obstacle: "header-forbidden",
    severity: "error",
    title: "header cannot be honoured",
    requirements: [],
    reference: "RFC 7515 §4.1.11, RFC 7797 §6, RFC 8725 §3.6",
    remedy: "Leave crit, b64 and zip out of the header, and write kid as a string.",
    about: "message",
  },
  {
    name: "signature.missing",
    obstacle: "signature-missing",
    severity: "error",
    title: "token is not signed",
    requirements: [],
    reference: "RFC 8725 §3.2",
    remedy: "Sign the token: alg none proves nothing, and neither does encrypting it.",
    about: "message",
  },
  {
    name: "key.untrusted",
    obstacle: "key-untrusted",
    severity: "error",
    title: "no trusted key fits",
    requirements: [],
    reference: "RFC 8725 §3.8, §3.10",
    remedy:
      "Fetch the current JWK Set of the issuer and judge with it; if the kid is not there, publish the signing key there under the kid that the token names.",
    about: "message",
  },
  {
    name: "key.weak",
    obstacle: "key-weak",
    severity: "error",
    title: "RSA key is weak",
    requirements: [],
    reference: "RFC 7518 §3.3, NIST SP 800-131A §3, CVE-2017-15361",
    remedy: "Sign with a new RSA key of at least 2048 bits and the exponent 65537.",
    about: "message",
  },
  {
    name: "key.certificate-mismatch",
    obstacle: "key-contradictory",
    severity: "error",
    title: "x5c certifies another key",
    requirements: [],
    reference: "RFC 7517 §4.7",
    remedy: "Publish in x5c the certificate of the very key that n and e, or x and y, are, or leave it out.",
    about: "message",
  },
  {
    name: "signature.invalid",
    obstacle: "signature-invalid",
    severity: "error",
    title: "signature does not verify",
    requirements: [],
    reference: "RFC 7515 §5.2",
    remedy:
      "Sign with the key that the JWK Set publishes under this kid, and change nothing afterwards; a copy has to be whole.",
    about: "message",
  },
  {
    name: "token.api-bound",
    obstacle: "api-bound",
    severity: "error",
    title: "only its own API can verify the token",
    requirements: [],
    reference: "Entra: access tokens",
    remedy:
      "No key helps: ask for a token for the API that is to read it. For Partner Center that is scope https://api.partnercenter.microsoft.com/user_impersonation, in China https://partner.partnercenterapi.microsoftonline.cn/user_impersonation.",
    about: "message",
  },
  {
    name: "signature.unchecked",
    obstacle: "signature-unchecked",
    severity: "advisory",
    title: "signature was not checked",
    requirements: [],
    reference: "RFC 7515 §5.2",
    remedy: "Give the JWK Set of the issuer, so that the signature can be checked.",
    about: "message",
    verdict: "inconclusive",
  },
];

/** What a channel says of an obstacle in words of its own. */
export type ReadingWords = Readonly<
  Partial<Record<ObstacleKind, Partial<Pick<ReadingRule, "reference" | "remedy">>>>
>;

/**
 * What must hold for a token to be read and believed at all: the same in every channel, under the channel's own ids.
 *
 * @param own where the one who has to change something is not the one who signs, or has more to keep to
 */
export function tokenReadingRules(channel: TokenChannel, own: ReadingWords = {}): readonly ReadingRule[] {
  return RULES.map(({ name, ...rule }) => ({ id: `${channel}.${name}`, ...rule, ...own[rule.obstacle] }));
}
