import type { SamlConditions } from "../../artifact.ts";
import { quote } from "../../quote.ts";

/** Where a name says in whose names it is meant, and whom the assertion is for. */
interface QualifiedName {
  readonly spNameQualifier: string | undefined;
  readonly conditions: SamlConditions | undefined;
  /** Audiences of the policy: an affiliation of service providers is named among them. */
  readonly audiences: readonly string[];
}

/**
 * What is wrong where a name is meant in the names of another service provider than the assertion: there the same name
 * is another user. SAML core §2.2.2.
 *
 * @returns undefined where no name is qualified, or nothing says whom the assertion is for
 */
export function nameForAnother(name: QualifiedName): readonly string[] | undefined {
  const { spNameQualifier: qualifier, conditions, audiences } = name;
  const known = new Set([...(conditions?.audienceRestrictions.flat() ?? []), ...audiences]);
  if (qualifier === undefined || known.size === 0) return undefined;
  if (known.has(qualifier)) return [];
  return [`SPNameQualifier is ${quote(qualifier)}; it must be the audience, ${quote([...known])}`];
}
