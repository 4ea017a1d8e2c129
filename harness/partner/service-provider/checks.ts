import { type Access, decideAccess } from "../access.ts";
import { readSamlSignIn, SAML_CHECKS, type SamlChecks, type SamlSignIn } from "./saml-checks.ts";
import { MULTIPLE_AUTHN, type SamlSituation, verifySaml, type VerifiedXml } from "./saml-sign-in.ts";
import { parseRoot } from "./saml-dom.ts";
import { checkCost, checkStrictly } from "./saml-strict-xml.ts";

/** What a service provider decides by itself; each part can be replaced by a worse one, to see whether a test tells. */
export interface ServiceProviderChecks {
  /** Signatures, audience, times of the conditions, and the request that is answered. */
  readonly verify: (encoded: string, situation: SamlSituation) => Promise<VerifiedXml>;
  readonly checkStrictly: (responseXml: string) => void;
  readonly answer: SamlChecks;
  readonly read: (assertion: Element) => SamlSignIn;
  /** @param now seconds since the epoch */
  readonly decide: (signedIn: SamlSignIn, now: number) => Access;
}

/** As the specifications want it. */
export const SERVICE_PROVIDER_CHECKS: ServiceProviderChecks = {
  verify: verifySaml,
  checkStrictly,
  answer: SAML_CHECKS,
  read: readSamlSignIn,
  decide: (signedIn, now) =>
    decideAccess({ ...signedIn, showsMfa: signedIn.classRef === MULTIPLE_AUTHN }, now),
};

/**
 * Takes the IdP's answer.
 *
 * @param encoded the form's `SAMLResponse`
 * @throws Error with the reason when anything about it is not to be believed
 */
export async function endSamlSignIn(
  checks: ServiceProviderChecks,
  encoded: string,
  situation: SamlSituation,
): Promise<SamlSignIn> {
  const { urls, idp, pending, now } = situation;
  const requestIds = pending.ids();
  const { demandsOf } = pending;
  checkCost(encoded);
  const { responseXml, assertionXml } = await checks.verify(encoded, situation);
  checks.checkStrictly(responseXml);
  const answer = { response: parseRoot(responseXml), assertion: parseRoot(assertionXml) };
  const expected = { issuer: idp.issuer, acs: urls.acs, requestIds, demandsOf, now };
  for (const check of Object.values(checks.answer)) check(answer, expected);
  return checks.read(answer.assertion);
}
