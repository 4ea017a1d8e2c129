import { SAML, ValidateInResponseTo } from "@node-saml/node-saml";
import samlify from "samlify";
import { SignedXml } from "xml-crypto";
import { judgeSamlResponse, policies } from "../src/index.ts";
import type { Validate } from "./control.ts";
import { NAMES } from "./signed-response.ts";

/** Those who judge a SAML response, each given the XML as text. */
export interface SamlValidators {
  readonly ours: Validate;
  readonly "node-saml": Validate;
  readonly samlify: Validate;
  /** Nothing but the signatures: what a service provider that does the rest by itself pays. */
  readonly "xml-crypto": Validate;
}

/** Makes all validators for one certificate (PEM). @param now seconds since the epoch */
export function makeSamlValidators(
  certificate: string,
  signed: "assertion" | "both",
  now: number,
): SamlValidators {
  return {
    ours: judgeWith(certificate, now),
    "node-saml": nodeSaml(certificate, signed),
    samlify: samlifyWith(certificate, signed),
    "xml-crypto": xmlCrypto(certificate),
  };
}

function judgeWith(certificate: string, now: number): Validate {
  const policy = {
    ...policies["refeds-mfa"],
    issuers: [{ issuer: NAMES.issuer, certificates: [certificate] }],
    audiences: [NAMES.audience],
    assertionConsumerService: NAMES.acs,
    requestId: NAMES.requestId,
  };
  return async (xml) => {
    const { verdict, reason } = await judgeSamlResponse(xml, policy, now);
    if (verdict !== "compliant") throw new Error(`${verdict}: ${reason}`);
  };
}

function nodeSaml(idpCert: string, signed: "assertion" | "both"): Validate {
  const saml = new SAML({
    idpCert,
    issuer: NAMES.audience,
    audience: NAMES.audience,
    callbackUrl: NAMES.acs,
    idpIssuer: NAMES.issuer,
    wantAuthnResponseSigned: signed === "both",
    validateInResponseTo: ValidateInResponseTo.never,
  });
  return async (xml) => {
    await saml.validatePostResponseAsync({ SAMLResponse: Buffer.from(xml).toString("base64") });
  };
}

function samlifyWith(signingCert: string, signed: "assertion" | "both"): Validate {
  // It asks for a schema validator; one that takes everything makes it as quick as it can be.
  samlify.setSchemaValidator({ validate: async () => await Promise.resolve("not checked") });
  const [HTTP_POST, HTTP_REDIRECT] = ["POST", "Redirect"].map(
    (binding) => `urn:oasis:names:tc:SAML:2.0:bindings:HTTP-${binding}`,
  );
  const idp = samlify.IdentityProvider({
    entityID: NAMES.issuer,
    signingCert,
    singleSignOnService: [{ Binding: HTTP_REDIRECT ?? "", Location: "https://idp.bench.example/sso" }],
    singleLogoutService: [{ Binding: HTTP_REDIRECT ?? "", Location: "https://idp.bench.example/slo" }],
  });
  const sp = samlify.ServiceProvider({
    entityID: NAMES.audience,
    wantAssertionsSigned: true,
    wantMessageSigned: signed === "both",
    assertionConsumerService: [{ Binding: HTTP_POST ?? "", Location: NAMES.acs }],
  });
  return async (xml) => {
    const body = { SAMLResponse: Buffer.from(xml).toString("base64") };
    await sp.parseLoginResponse(idp, "post", { body });
  };
}

function xmlCrypto(publicCert: string): Validate {
  return async (xml) => {
    const signatures = xml.match(/<ds:Signature [^]*?<\/ds:Signature>/g) ?? [];
    for (const signature of signatures) {
      const signedXml = new SignedXml({ publicCert });
      signedXml.loadSignature(signature);
      if (!signedXml.checkSignature(xml)) throw new Error("the signature does not hold");
    }
    if (signatures.length === 0) throw new Error("there is no signature");
    await Promise.resolve();
  };
}
