import type { Statement } from "../evidence.ts";
import { WSFED_ATTRIBUTE, WSFED_ATTRIBUTE_NAMESPACE } from "../vocabulary/attribute-amr.ts";
import { MULTIPLE_AUTHN, WIA_OR_MULTI_AUTHN } from "../vocabulary/saml-mfa.ts";
import type { MatcherAnswer } from "./matcher.ts";

const ATTRIBUTE = `${WSFED_ATTRIBUTE_NAMESPACE}/${WSFED_ATTRIBUTE}`;

/**
 * Reads as Entra reads the token of a WS-Federation IdP: either URI will do, as the method of the statement or as a
 * value of the one attribute. Entra's page on inbound assertions.
 */
export function entraWsFed(statements: readonly Statement[]): MatcherAnswer {
  return statements.some(({ kind, name, value }) => {
    const read = kind === "class-ref" || (kind === "attribute" && name === ATTRIBUTE);
    return (
      read && Array.isArray(value) && (value.includes(MULTIPLE_AUTHN) || value.includes(WIA_OR_MULTI_AUTHN))
    );
  })
    ? "pass"
    : "fail";
}
