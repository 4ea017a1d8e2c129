import { createPublicKey } from "node:crypto";
import { type SamlConfig, ValidateInResponseTo } from "@node-saml/node-saml";
import type { SignedXml } from "xml-crypto";
import { readSamlSignIn, SAML_CHECKS, type SamlChecks } from "../service-provider/saml-checks.ts";
import { childrenOf, onlyChild } from "../service-provider/saml-dom.ts";
import { type SamlSituation, verifySaml } from "../service-provider/saml-sign-in.ts";
import { checkStrictly } from "../service-provider/saml-strict-xml.ts";
import type { FlawOf } from "./flaw.ts";
import {
  OWN_READING,
  type OwnMessage,
  type OwnReading,
  ownVerify,
  verifierFor,
  verifies,
} from "./own-saml.ts";

const ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";
const RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const XMLDSIG = "http://www.w3.org/2000/09/xmldsig#";

function unchecked(): void {
  // The mistake is that nothing is done here.
}

/** The check of the text, blind for some of it. */
function strictlyBut(blindFor: RegExp, instead: string): (xml: string) => void {
  return (xml) => checkStrictly(xml.replaceAll(blindFor, instead));
}

/** A service provider whose library is told otherwise than it should be. */
function configured(config: Partial<SamlConfig>): FlawOf<"saml">["checks"] {
  return () => ({ verify: async (encoded, situation) => await verifySaml(encoded, situation, config) });
}

/** A service provider that makes some checks after the library's not at all. */
function without(...names: readonly (keyof SamlChecks)[]): FlawOf<"saml">["checks"] {
  const answer: SamlChecks = {
    ...SAML_CHECKS,
    ...Object.fromEntries(names.map((name) => [name, unchecked])),
  };
  return () => ({ answer });
}

/** A service provider that verifies by code of its own. */
function verifying(changes: Partial<OwnReading>): FlawOf<"saml">["checks"] {
  return () => ({ verify: ownVerify(changes) });
}

/** The signatures of a message, wherever they stand. */
function signaturesOf({ response }: OwnMessage): readonly Element[] {
  return Array.from(response.getElementsByTagNameNS(XMLDSIG, "Signature"));
}

/** Is content with one signature that verifies, whatever it is of. */
function anySignature(message: OwnMessage): void {
  const { xml, certificate } = message;
  const found = signaturesOf(message).some((one) => verifies(one, xml, verifierFor(certificate)));
  if (!found) throw new Error("no signature verifies");
}

/** Verifies as is right unless a signature says HMAC, for which the public key is as good a secret as any. */
function withHmac(message: OwnMessage, assertion: Element): void {
  const { xml, certificate } = message;
  const verifier = (): SignedXml => {
    const made = verifierFor(createPublicKey(certificate).export({ type: "spki", format: "pem" }).toString());
    made.enableHMAC();
    return made;
  };
  const [first] = signaturesOf(message);
  if (first !== undefined && verifies(first, xml, verifier())) return;
  OWN_READING.signatures(message, assertion);
}

/** The certificate that a message brings along. */
function certificateIn(encoded: string): string | undefined {
  const xml = Buffer.from(encoded, "base64").toString();
  return /<(?:\w+:)?X509Certificate>([^<]+)</.exec(xml)?.[1]?.replaceAll(/\s/g, "");
}

/** Lets a request be answered as often as somebody likes. */
function neverTaken({ pending, ...situation }: SamlSituation): SamlSituation {
  return { ...situation, pending: { ...pending, remove: unchecked } };
}

function firstText(element: Element | undefined): string {
  return element?.firstChild?.nodeValue ?? "";
}

const signatureFlaws: readonly FlawOf<"saml">[] = [
  {
    id: "saml-signature-unchecked",
    mistake: "Reads the Response without verifying any signature.",
    references: ["SAML profiles §4.1.4.3"],
    caughtBy: ["response-unsigned", "response-stranger-key", "class-raised-after-signing"],
    checks: verifying({ signatures: unchecked }),
  },
  {
    id: "saml-signature-any",
    mistake:
      "Is content with any signature that verifies somewhere in the message, and reads the assertion it finds first.",
    references: ["CVE-2012-5353", "CVE-2025-47949"],
    caughtBy: ["wrapping-xsw3", "wrapping-xsw6", "wrapping-status-detail"],
    checks: verifying({
      signatures: anySignature,
      pick: ({ response }) => response.getElementsByTagNameNS(ASSERTION, "Assertion")[0],
    }),
  },
  {
    id: "saml-signature-last-assertion",
    mistake:
      "Is content with any signature that verifies somewhere, and reads the last of several assertions.",
    references: ["CVE-2012-5353", "SAML profiles §4.1.4.2"],
    caughtBy: ["wrapping-forged-last", "wrapping-forged-around"],
    checks: verifying({
      signatures: anySignature,
      pick: ({ response }) => Array.from(response.getElementsByTagNameNS(ASSERTION, "Assertion")).at(-1),
    }),
  },
  {
    id: "saml-signature-child-assertion",
    mistake: "Reads the assertion in its place, and is content with a signature that verifies elsewhere.",
    references: ["CVE-2024-45409", "CVE-2012-5353"],
    caughtBy: ["wrapping-xsw4", "wrapping-xsw5", "wrapping-xsw8", "wrapping-advice"],
    checks: verifying({
      signatures: anySignature,
      pick: ({ response }) => childrenOf(response, "assertion", "Assertion")[0],
    }),
  },
  {
    id: "saml-certificate-in-message",
    mistake: "Verifies with the certificate that the message brings along.",
    references: ["SAML core §5.4.5", "XML Signature §3.1"],
    caughtBy: ["signature-stranger-certificate"],
    checks: () => ({
      verify: async (encoded, situation) => {
        const { idp } = situation;
        const certificate = certificateIn(encoded) ?? idp.certificate;
        return await verifySaml(encoded, { ...situation, idp: { ...idp, certificate } });
      },
    }),
  },
  {
    id: "saml-key-confusion",
    mistake: "Lets the message choose the algorithm, so that the public key becomes an HMAC secret.",
    references: ["CVE-2009-0217", "XML Signature §6.3.1"],
    caughtBy: ["signature-hmac-sha1"],
    checks: () => {
      const strict = strictlyBut(/http:\/\/www\.w3\.org\/2000\/09\/xmldsig#hmac-sha1/g, RSA_SHA256);
      return { checkStrictly: strict, verify: ownVerify({ strict, signatures: withHmac }) };
    },
  },
  {
    id: "saml-old-algorithms",
    mistake: "Takes whatever algorithm its library knows, SHA-1 included.",
    references: ["RFC 6194 §2", "failures/F-55"],
    caughtBy: ["signature-rsa-sha1"],
    checks: () => ({
      checkStrictly: strictlyBut(/http:\/\/www\.w3\.org\/2000\/09\/xmldsig#rsa-sha1/g, RSA_SHA256),
    }),
  },
  {
    id: "saml-name-cut-at-comment",
    mistake: "Reads the NameID up to the first comment, which the signature does not cover.",
    references: ["CVE-2017-11427"],
    caughtBy: ["name-id-comment"],
    checks: () => {
      const strict = strictlyBut(/<!--.*?-->/gs, "");
      return {
        checkStrictly: strict,
        verify: ownVerify({ strict }),
        read: (assertion) => {
          const subject = onlyChild(assertion, "assertion", "Subject");
          const user = firstText(onlyChild(subject, "assertion", "NameID"));
          return { ...readSamlSignIn(assertion), user };
        },
      };
    },
  },
];

const bindingFlaws: readonly FlawOf<"saml">[] = [
  {
    id: "saml-audience-unchecked",
    mistake: "Never asks for whom the assertion is.",
    references: ["SAML core §2.5.1.4"],
    caughtBy: ["response-wrong-audience", "audience-prefix"],
    checks: configured({ audience: false }),
  },
  {
    id: "saml-time-unchecked",
    mistake: "Never looks at the times of the conditions.",
    references: ["SAML core §2.5.1.2"],
    caughtBy: ["conditions-end-past", "response-not-yet-valid"],
    checks: configured({ acceptedClockSkewMs: -1 }),
  },
  {
    id: "saml-request-unchecked",
    mistake: "Takes an answer to no request, or to a request of another browser.",
    references: ["SAML profiles §4.1.4.3"],
    caughtBy: ["response-in-response-to-missing", "response-wrong-in-response-to"],
    checks: () => ({
      ...configured({ validateInResponseTo: ValidateInResponseTo.never })(),
      ...without("inResponseTo")(),
    }),
  },
  {
    id: "saml-request-in-envelope-only",
    mistake: "Compares the request that the Response names, and not the one that the assertion names.",
    references: ["SAML profiles §4.1.4.3"],
    caughtBy: ["confirmation-in-response-to-missing"],
    checks: without("inResponseTo"),
  },
  {
    id: "saml-replay-taken",
    mistake: "Takes the same answer as often as it is sent.",
    references: ["SAML profiles §4.1.4.5"],
    caughtBy: ["life-cycle-saml-replay"],
    checks: () => ({
      verify: async (encoded, situation) => await verifySaml(encoded, neverTaken(situation)),
    }),
  },
  {
    id: "saml-status-unchecked",
    mistake: "Never looks at the status of the Response.",
    references: ["SAML core §3.2.2.2"],
    caughtBy: ["response-status-responder"],
    checks: without("status"),
  },
  {
    id: "saml-destination-unchecked",
    mistake: "Never compares where the Response was sent.",
    references: ["SAML bindings §3.5.5.2"],
    caughtBy: ["response-wrong-destination", "response-destination-missing"],
    checks: without("destination"),
  },
  {
    id: "saml-recipient-unchecked",
    mistake: "Never compares for whom the assertion was delivered.",
    references: ["SAML profiles §4.1.4.3"],
    caughtBy: ["response-wrong-recipient", "confirmation-recipient-missing"],
    checks: without("recipient"),
  },
  {
    id: "saml-issuer-unchecked",
    mistake: "Never compares the issuer of Response and assertion.",
    references: ["SAML profiles §4.1.4.2"],
    caughtBy: ["response-wrong-issuer", "assertion-issuer-other"],
    checks: without("responseIssuer", "assertionIssuer"),
  },
  {
    id: "saml-confirmation-unchecked",
    mistake: "Takes a subject that nothing confirms as the bearer.",
    references: ["SAML profiles §4.1.4.2"],
    caughtBy: ["confirmation-method-sender-vouches"],
    checks: without("confirmation", "recipient", "inResponseTo", "confirmationEnd"),
  },
  {
    id: "saml-confirmation-end-unchecked",
    mistake: "Never looks when the confirmation ends.",
    references: ["SAML profiles §4.1.4.3"],
    caughtBy: ["confirmation-end-past"],
    checks: () => ({ verify: ownVerify(), ...without("confirmationEnd")() }),
  },
  {
    id: "saml-demands-unchecked",
    mistake: "Asks for a class or a fresh sign-in, and never looks whether the answer meets it.",
    references: ["SAML core §3.3.2.2.1", "failures/F-43"],
    caughtBy: ["request-class-ignored"],
    checks: without("demands"),
  },
  {
    id: "saml-future-sign-in",
    mistake: "Takes a sign-in that lies in the future.",
    references: ["SAML core §2.7.2"],
    caughtBy: ["authn-instant-future"],
    checks: without("statement"),
  },
  {
    id: "saml-doctype-taken",
    mistake: "Hands a message with a DOCTYPE to the parser.",
    references: ["SAML core §5.4.4"],
    caughtBy: ["doctype-bare"],
    checks: () => ({ checkStrictly: strictlyBut(/<!DOCTYPE[^>[]*(\[[^\]]*\])?[^>]*>/g, "") }),
  },
];

/** Mistakes in believing a SAML response. */
export const SAML_ANSWER_FLAWS: readonly FlawOf<"saml">[] = [...signatureFlaws, ...bindingFlaws];
