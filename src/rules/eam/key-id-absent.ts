import type { Token } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import type { Rule } from "../../rule.ts";

/** The header does not say which key signed, so Entra cannot choose one. */
export const keyIdAbsent: Rule<Token> = {
  id: "eam.key.id-absent",
  severity: "error",
  title: "kid is missing",
  requirements: ["F-20"],
  reference: "Entra: external authentication method provider reference, AADSTS50012",
  remedy: "Write the kid of the signing key into the header, the same as in the JWK Set.",
  about: "message",
  check({ header }) {
    if (typeof header.kid === "string" && header.kid !== "") return [];
    return [{ at: "/header/kid", message: `kid is ${quote(header.kid)}; it must name a key of the JWK Set` }];
  },
};
