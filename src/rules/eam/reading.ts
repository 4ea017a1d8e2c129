import type { ObstacleKind } from "../../read/reading.ts";
import type { ReadingRule } from "../../rule.ts";
import { tokenReadingRules } from "../token/reading.ts";

/** Where Entra says more than the specifications do. */
const ENTRA: Readonly<Partial<Record<ObstacleKind, Partial<Pick<ReadingRule, "reference" | "remedy">>>>> = {
  "algorithm-forbidden": {
    reference: "Entra: external authentication method provider reference, RFC 8725 §3.1",
    remedy: "Sign with RS256: Entra takes no other algorithm from a provider.",
  },
  "key-untrusted": {
    reference: "RFC 8725 §3.8, §3.10, AADSTS50012",
    remedy:
      "Publish the signing key under the kid that the token names, 48 hours before signing with it: Entra caches keys.",
  },
  "signature-invalid": { reference: "RFC 7515 §5.2, AADSTS50012" },
};

/** What must hold for the answer of an external authentication method to be read and believed at all. */
export const eamReadingRules: readonly ReadingRule[] = tokenReadingRules("eam").map((rule) => ({
  ...rule,
  ...ENTRA[rule.obstacle],
}));
