import type { Token } from "../../artifact.ts";
import { quote } from "../../quote.ts";
import { trustedJwks } from "../../read/trusted-jwks.ts";
import type { Rule } from "../../rule.ts";
import { strings } from "../token/values.ts";

function isChain(x5c: unknown): boolean {
  return (strings(x5c)?.length ?? 0) > 0;
}

/** A key of the JWK Set has no certificate: Entra wants `x5c` in each of them. */
export const keyCertificateAbsent: Rule<Token> = {
  id: "eam.key.certificate-absent",
  severity: "error",
  title: "x5c is missing from the JWK Set",
  requirements: ["F-19"],
  reference: "Entra: external authentication method provider reference",
  remedy: "Publish every key of the JWK Set with x5c, the certificate chain of that key.",
  about: "message",
  check(_, { issuers }) {
    const keys = issuers.flatMap(trustedJwks);
    if (keys.length === 0) return undefined;
    return keys
      .filter(({ x5c }) => !isChain(x5c))
      .map(({ kid }) => ({ at: "/header/kid", message: `the published key ${quote(kid)} has no x5c` }));
  },
};
