import type { Statement } from "../evidence.ts";
import { MULTIPLE_AUTHN } from "../vocabulary/saml-mfa.ts";
import type { MatcherAnswer } from "./matcher.ts";

/**
 * Reads as Entra reads a SAML 2.0 response of a federated IdP: only the class reference counts, only Microsoft's URI,
 * and attributes are ignored. Entra's page on inbound assertions.
 */
export function entraSaml(statements: readonly Statement[]): MatcherAnswer {
  const refs = statements.filter(({ kind }) => kind === "class-ref").map(({ value }) => value);
  return refs.some((value) => Array.isArray(value) && value.includes(MULTIPLE_AUTHN)) ? "pass" : "fail";
}
