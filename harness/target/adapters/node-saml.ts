import { type CacheProvider, SAML, ValidateInResponseTo } from "@node-saml/node-saml";
import { DOMParser } from "@xmldom/xmldom";
import type { ReaderFacts } from "../hand-over.ts";
import { type Adapter, type AdapterAnswer, refusing } from "./adapter.ts";
import { samlAnswer } from "./saml-answer.ts";

/** node-saml with its defaults, by which both signatures are demanded, and the request that was sent. */
export const nodeSamlAdapter: Adapter = (artifact, facts) => refusing(() => validate(artifact, facts));

async function validate(artifact: string, facts: ReaderFacts): Promise<AdapterAnswer> {
  const saml = new SAML({
    issuer: facts.audience,
    audience: facts.audience,
    callbackUrl: facts.assertionConsumerService ?? "",
    idpCert: facts.certificate,
    idpIssuer: facts.issuer,
    validateInResponseTo: ValidateInResponseTo.always,
    cacheProvider: cacheOf(facts),
  });
  const encoded = Buffer.from(artifact).toString("base64");
  const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: encoded });
  if (profile === null) return { decision: "refuse", reason: "node-saml: valid, but nobody is signed in" };
  return samlAnswer("node-saml", {
    attributes: profile,
    classRefs: classRefsOf(profile.getAssertionXml?.() ?? ""),
  });
}

/** What node-saml found signed; the class is not in its profile. */
function classRefsOf(assertion: string): readonly string[] {
  const document = new DOMParser().parseFromString(assertion, "text/xml");
  return Array.from(
    document.getElementsByTagNameNS("urn:oasis:names:tc:SAML:2.0:assertion", "AuthnContextClassRef"),
    (element) => element.textContent ?? "",
  );
}

function cacheOf({ requestId, now }: ReaderFacts): CacheProvider {
  const instant = new Date(now * 1000).toISOString();
  return {
    saveAsync: () => Promise.resolve(null),
    getAsync: (id) => Promise.resolve(id === requestId ? instant : null),
    removeAsync: (id) => Promise.resolve(id),
  };
}
