import type { SamlAssertion, SamlResponse } from "../artifact.ts";
import type { Evidence, Statement } from "../evidence.ts";
import { MFA_ATTRIBUTE_NAMES, MFA_URIS } from "../vocabulary/saml-mfa.ts";
import { attributePath, classRefPath, declRefPath } from "./saml-paths.ts";
import { parseInstant } from "./saml-time.ts";

function instant(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseInstant(text);
}

function classRefStatements({ authnStatements }: SamlAssertion): readonly Statement[] {
  return authnStatements.flatMap(({ classRefs, declRefs = [] }, statement) => [
    ...classRefs.map((value, index): Statement => {
      const at = classRefPath(statement, index);
      return { kind: "class-ref", at, name: "AuthnContextClassRef", value: [value] };
    }),
    ...declRefs.map((value, index): Statement => {
      const at = declRefPath(statement, index);
      return { kind: "decl-ref", at, name: "AuthnContextDeclRef", value: [value] };
    }),
  ]);
}

/** Attributes that say how the user authenticated, by their name or by a value; the others are none of our business. */
function attributeStatements({ attributes }: SamlAssertion): readonly Statement[] {
  return attributes
    .filter(({ name, values }) => {
      return MFA_ATTRIBUTE_NAMES.includes(name) || values.some((value) => MFA_URIS.includes(value));
    })
    .map(({ name, values }) => ({ kind: "attribute", at: attributePath(name), name, value: values }));
}

/**
 * What a response says about a sign-in and its MFA: class references, and attributes known to carry methods.
 *
 * @param authenticatedAt of the sign-in that the verdict rests on; which one that is depends on the reader
 */
export function samlEvidence(
  { envelope, assertion }: SamlResponse,
  authenticatedAt: number | undefined,
): Evidence {
  return {
    issuer: assertion?.issuer ?? envelope.issuer,
    subject: assertion?.nameId?.value,
    audiences: assertion?.conditions?.audienceRestrictions.flat() ?? [],
    issuedAt: instant(assertion?.issueInstant ?? envelope.issueInstant),
    expiresAt: instant(assertion?.conditions?.notOnOrAfter),
    authenticatedAt,
    statements:
      assertion === undefined ? [] : [...classRefStatements(assertion), ...attributeStatements(assertion)],
  };
}
