import { Constants, IdentityProvider, ServiceProvider, setSchemaValidator } from "samlify";
import type { ReaderFacts } from "../hand-over.ts";
import { type Adapter, type AdapterAnswer, refusing } from "./adapter.ts";
import { samlAnswer } from "./saml-answer.ts";

/**
 * samlify as its documentation shows it: signed assertions are wanted, and audience and request are compared by whoever
 * uses it. Its schema validator is a package apart, which is not there, as in many an installation.
 */
export const samlifyAdapter: Adapter = (artifact, facts) => refusing(() => validate(artifact, facts));

async function validate(artifact: string, facts: ReaderFacts): Promise<AdapterAnswer> {
  const { issuer, certificate, audience, requestId, assertionConsumerService: acs = "" } = facts;
  setSchemaValidator({ validate: () => Promise.resolve("not validated") });
  const { post, redirect } = Constants.namespace.binding;
  const idp = IdentityProvider({
    entityID: issuer,
    signingCert: certificate,
    singleSignOnService: [{ Binding: redirect, Location: "https://idp.invalid/sso" }],
  });
  const sp = ServiceProvider({
    entityID: audience,
    wantAssertionsSigned: true,
    assertionConsumerService: [{ Binding: post, Location: acs }],
  });
  const body = { SAMLResponse: Buffer.from(artifact).toString("base64") };
  const { extract } = await sp.parseLoginResponse(idp, "post", { body });
  const answered: unknown = extract.response?.inResponseTo;
  if (requestId !== undefined && answered !== requestId) {
    return { decision: "refuse", reason: "samlify: valid, but for another request" };
  }
  if (![extract.audience].flat().includes(audience)) {
    return { decision: "refuse", reason: "samlify: valid, but for another audience" };
  }
  return samlAnswer("samlify", { attributes: extract.attributes ?? {}, classRefs: [] });
}
