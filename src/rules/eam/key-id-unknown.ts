import type { Token } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { isTrustedKid, trustedKidsInWords } from "../../read/jwt-key-names.ts";
import { trustedJwks } from "../../read/trusted-jwks.ts";
import type { Rule } from "../../rule.ts";

/** The key that the header names is not in the JWK Set under that name, whatever key signed. */
export const keyIdUnknown: Rule<Token> = {
  id: "eam.key.id-unknown",
  severity: "error",
  title: "kid is not in the JWK Set",
  requirements: ["F-20"],
  reference: "Entra: external authentication method provider reference, AADSTS50012",
  remedy:
    "Publish the signing key in your JWK Set under the same kid as in the header, encoded the same way; if it is published, judge with the current JWK Set.",
  about: "message",
  check({ header }, { issuers }) {
    const keys = issuers.flatMap(trustedJwks);
    if (typeof header.kid !== "string" || keys.length === 0) return undefined;
    if (isTrustedKid(header.kid, issuers)) return [];
    const message = `kid is ${quote(header.kid)}; no key of the JWK Set has it: ${trustedKidsInWords(issuers, header.kid)}`;
    return [{ at: "/header/kid", message }];
  },
};
