import type { WsFedAttribute, WsFedResponse } from "../artifact.ts";
import type { Evidence, Statement } from "../evidence.ts";
import { MFA_URIS } from "../vocabulary/saml-mfa.ts";
import { METHOD_CLAIM_NAMES } from "../vocabulary/wsfed-mfa.ts";
import { parseInstant } from "./saml-time.ts";
import { claimInstants, newestInstant } from "./wsfed-instants.ts";

function instant(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseInstant(text);
}

/** Whether the name of an attribute says that it carries methods, whatever namespace is in front of it. */
export function carriesMethods({ name }: WsFedAttribute): boolean {
  return METHOD_CLAIM_NAMES.includes(name.slice(name.lastIndexOf("/") + 1));
}

function methodStatements({ authentications }: WsFedResponse): readonly Statement[] {
  return authentications.flatMap(({ at, methods }) =>
    methods.map((value): Statement => ({
      kind: "class-ref",
      at,
      name: "AuthenticationMethod",
      value: [value],
    })),
  );
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

/** What a token says about a sign-in and its MFA: authentication methods, and attributes known to carry them. */
export function wsFedEvidence(response: WsFedResponse): Evidence {
  const { issuer, subjects, conditions, issueInstant } = response;
  return {
    issuer,
    subject: subjects[0],
    audiences: conditions?.audienceRestrictions.flat() ?? [],
    issuedAt: instant(issueInstant),
    expiresAt: instant(conditions?.notOnOrAfter),
    authenticatedAt: newestInstant(claimInstants(response)),
    statements: [...methodStatements(response), ...attributeStatements(response)],
  };
}
