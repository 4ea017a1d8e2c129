import type { ReadingRule } from "../../rule.ts";
import { tokenReadingRules, type ReadingWords } from "../token/reading.ts";

/** Where Entra says more than the specifications do: the reader of the advice is the provider of the method. */
const ENTRA: ReadingWords = {
  "algorithm-forbidden": {
    reference: "Entra: external authentication method provider reference, RFC 8725 §3.1",
    remedy: "Sign the id_token of your answer with RS256: Entra accepts no other algorithm from a provider.",
  },
  encrypted: {
    remedy:
      "Send the id_token of your answer signed and not encrypted; to judge it nevertheless, give the policy the private key.",
  },
  "signature-missing": {
    remedy: "Sign the id_token of your answer with RS256: alg none proves nothing, and Entra rejects it.",
  },
  "key-untrusted": {
    reference: "RFC 8725 §3.8, §3.10, AADSTS50012",
    remedy:
      "Publish the signing key in your JWK Set under the kid that the token names, 48 hours before you sign with it: Entra caches keys. If it is published, fetch the current JWK Set and judge with it.",
  },
  "key-contradictory": {
    remedy:
      "Publish in x5c the certificate of the very key that n and e are: Entra wants x5c in every key of your JWK Set.",
  },
  "signature-invalid": {
    reference: "RFC 7515 §5.2, AADSTS50012",
    remedy:
      "Sign the id_token of your answer with the key that your JWK Set publishes under this kid, and change nothing afterwards.",
  },
};

/** What must hold for the answer of an external authentication method to be read and believed at all. */
export const eamReadingRules: readonly ReadingRule[] = tokenReadingRules("eam", ENTRA);
