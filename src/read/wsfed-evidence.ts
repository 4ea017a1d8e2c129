import type { WsFedAttribute, WsFedResponse } from "../artifact.ts";
import type { Evidence, Statement } from "../evidence.ts";
import { MFA_URIS } from "../vocabulary/saml-mfa.ts";
import { METHOD_CLAIM_NAMES } from "../vocabulary/wsfed-mfa.ts";
import { parseInstant } from "./saml-time.ts";

function instant(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseInstant(text);
}

/** Whether the name of an attribute says that it carries methods, whatever namespace is in front of it. */
export function carriesMethods({ name }: WsFedAttribute): boolean {
  return METHOD_CLAIM_NAMES.includes(name.slice(name.lastIndexOf("/") + 1));
}

function methodStatements({ authentications }: WsFedResponse): readonly Statement[] {
  return authentications.flatMap(({ at, methods, declRefs = [] }) => [
    ...methods.map((value): Statement => {
      return { kind: "class-ref", at, name: "AuthenticationMethod", value: [value] };
    }),
    ...declRefs.map((value): Statement => {
      return { kind: "decl-ref", at, name: "AuthnContextDeclRef", value: [value] };
    }),
  ]);
}

function attributeStatements({ attributes }: WsFedResponse): readonly Statement[] {
  return attributes
    .filter((each) => carriesMethods(each) || each.values.some((value) => MFA_URIS.includes(value)))
    .map(({ at, name, namespace, values }) => ({
      kind: "attribute",
      at,
      name: namespace === undefined ? name : `${namespace}/${name}`,
      value: values,
    }));
}

/** The name that all statements agree on, if they do. */
function subjectOf({ subjects }: WsFedResponse): string | undefined {
  const names = subjects.map((subject) => subject.name?.value);
  return names.every((name) => name === names[0]) ? names[0] : undefined;
}

/**
 * What a token says about a sign-in and its MFA: authentication methods, and attributes known to carry them.
 *
 * @param authenticatedAt of the sign-in that the verdict rests on; which one that is depends on the reader
 */
export function wsFedEvidence(response: WsFedResponse, authenticatedAt: number | undefined): Evidence {
  const { issuer, conditions, issueInstant } = response;
  return {
    issuer,
    subject: subjectOf(response),
    audiences: conditions?.audienceRestrictions.flat() ?? [],
    issuedAt: instant(issueInstant),
    expiresAt: instant(conditions?.notOnOrAfter),
    authenticatedAt,
    statements: [...methodStatements(response), ...attributeStatements(response)],
  };
}
