import type { ReadingRule } from "../../rule.ts";
import { tokenReadingRules, type ReadingWords } from "../token/reading.ts";

/** Where Entra names the address of its JWK Set, in each cloud. */
const ENTRA_KEYS =
  "the jwks_uri in https://login.microsoftonline.com/<tenant id>/.well-known/openid-configuration (for the US Government login.microsoftonline.us, in China login.partner.microsoftonline.cn)";

/** Entra writes and signs this token: who reads the advice can only get another token, or give other keys. */
const PARTNER: ReadingWords = {
  malformed: {
    remedy:
      "Judge access_token exactly as the token endpoint of Entra returned it: three base64url segments, nothing cut off, added or decoded.",
  },
  "too-large": {
    remedy:
      "Judge access_token as Entra returned it, which is far below 2 MB and 64 levels; a mock has to keep to that, too.",
  },
  "decryption-failed": {
    remedy:
      "Give the policy the private key that the token is encrypted for, and judge the token as it was returned.",
  },
  "algorithm-forbidden": {
    remedy:
      "Judge access_token as Entra returned it: Entra signs it with RS256, so a token with another algorithm is not one for Partner Center.",
  },
  "header-forbidden": {
    remedy:
      "Judge access_token as Entra returned it: its header has no crit, b64 or zip, and its kid is a string.",
  },
  "signature-missing": {
    remedy:
      "Judge access_token as Entra returned it, with its third part: Entra signs every access token, and an unsigned one proves nothing.",
  },
  "key-untrusted": {
    remedy: `Fetch the current JWK Set from ${ENTRA_KEYS} and judge with it; if the kid is not there, the token is not from that tenant: get a new one.`,
  },
  "key-weak": {
    remedy: `Give the policy the keys of Entra, from ${ENTRA_KEYS}: they have at least 2048 bits, the exponent 65537, and none of the known weaknesses (ROCA).`,
  },
  "key-contradictory": {
    remedy: `Give the policy the keys of Entra unchanged, from ${ENTRA_KEYS}: there x5c certifies the key beside it.`,
  },
  "signature-invalid": {
    remedy: `Judge access_token exactly as Entra returned it, with the keys from ${ENTRA_KEYS}; if it still fails, get a new token.`,
  },
  "signature-unchecked": {
    remedy: `Give the JWK Set from ${ENTRA_KEYS}, so that the signature can be checked.`,
  },
};

/** What must hold for an access token to be read and believed at all. */
export const partnerApiReadingRules: readonly ReadingRule[] = tokenReadingRules("partner-api", PARTNER);
