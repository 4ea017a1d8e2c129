import { XMLSerializer } from "@xmldom/xmldom";
import { SignedXml } from "xml-crypto";
import { CLOCK_SKEW_SECONDS } from "../access.ts";
import { readInstant } from "../service-provider/saml-checks.ts";
import { attributeOf, childrenOf, onlyChild, parseRoot, textOf } from "../service-provider/saml-dom.ts";
import type { SamlSituation, VerifiedXml } from "../service-provider/saml-sign-in.ts";
import { checkStrictly } from "../service-provider/saml-strict-xml.ts";

/** A message before anything about it is believed. */
export interface OwnMessage {
  readonly xml: string;
  readonly response: Element;
  /** PEM. */
  readonly certificate: string;
}

/** How a service provider finds what it reads, and makes sure that it is the IdP's. */
export interface OwnReading {
  /** @throws Error when the text is not to be read at all */
  readonly strict: (xml: string) => void;
  /** The assertion that is read. */
  readonly pick: (message: OwnMessage) => Element | undefined;
  /** @throws Error when the signatures do not hold */
  readonly signatures: (message: OwnMessage, assertion: Element) => void;
}

const XMLDSIG = "http://www.w3.org/2000/09/xmldsig#";
const EXCLUSIVE_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#";
const TRANSFORMS = [`${XMLDSIG}enveloped-signature`, EXCLUSIVE_C14N];

function demand(holds: boolean, message: string): void {
  if (!holds) throw new Error(message);
}

function algorithmOf(element: Element | undefined): string {
  return attributeOf(element, "Algorithm") ?? "absent";
}

/** One reference, to the element that the signature stands in, by the two transforms of SAML core 5.4. */
function checkShape(signature: Element, id: string): void {
  const signedInfo = onlyChild(signature, "signature", "SignedInfo");
  const reference = onlyChild(signedInfo, "signature", "Reference");
  demand(attributeOf(reference, "URI") === `#${id}`, "the signature is not that of its element");
  const method = onlyChild(signedInfo, "signature", "CanonicalizationMethod");
  demand(algorithmOf(method) === EXCLUSIVE_C14N, "the canonicalization is not taken");
  const transforms = childrenOf(onlyChild(reference, "signature", "Transforms"), "signature", "Transform");
  demand(transforms.length === 2, "the signature has not two transforms");
  demand(
    transforms.every((one) => TRANSFORMS.includes(algorithmOf(one))),
    "a transform is not taken",
  );
  const digest = onlyChild(reference, "signature", "DigestValue");
  const nodes = digest?.childNodes.length;
  demand(nodes === 1 && digest?.firstChild?.nodeType === 3, "the DigestValue is not plain text");
}

/** xml-crypto answers some broken signatures with false, others by throwing. */
export function verifies(signature: Element, xml: string, verifier: SignedXml): boolean {
  try {
    verifier.loadSignature(signature);
    return verifier.checkSignature(xml);
  } catch {
    return false;
  }
}

/** Believes one certificate alone, whatever a message shows. */
export function verifierFor(publicCert: string): SignedXml {
  return new SignedXml({ publicCert, getCertFromKeyInfo: () => null });
}

function idsOf({ response }: OwnMessage): readonly string[] {
  const elements = Array.from(response.getElementsByTagName("*"));
  return [response, ...elements].flatMap((element) =>
    ["ID", "Id", "id", "xml:id"].flatMap((name) => attributeOf(element, name) ?? []),
  );
}

function checkSignatureOf(element: Element, { xml, certificate }: OwnMessage): void {
  const signature = onlyChild(element, "signature", "Signature");
  const id = attributeOf(element, "ID") ?? "";
  if (signature === undefined || id === "") throw new Error(`the ${element.localName} is not signed`);
  checkShape(signature, id);
  demand(verifies(signature, xml, verifierFor(certificate)), "a signature does not verify");
}

/** As it should be: the one assertion directly in the Response, both signed, and no signature besides. */
export const OWN_READING: OwnReading = {
  strict: checkStrictly,
  pick: ({ response }) => {
    const [sealed] = childrenOf(response, "assertion", "EncryptedAssertion");
    return sealed === undefined ? onlyChild(response, "assertion", "Assertion") : undefined;
  },
  signatures: (message, assertion) => {
    const { response } = message;
    const all = response.getElementsByTagNameNS(XMLDSIG, "Signature");
    demand(all.length === 2, "there are not just the two signatures");
    const ids = idsOf(message);
    demand(new Set(ids).size === ids.length, "an id stands there twice");
    checkSignatureOf(response, message);
    checkSignatureOf(assertion, message);
  },
};

function checkConditions(assertion: Element, { urls, now }: SamlSituation): void {
  const conditions = onlyChild(assertion, "assertion", "Conditions");
  const restrictions = childrenOf(conditions, "assertion", "AudienceRestriction");
  const holds = restrictions.every((one) =>
    childrenOf(one, "assertion", "Audience").some((audience) => textOf(audience) === urls.entityId),
  );
  demand(restrictions.length > 0 && holds, "the assertion is for somebody else");
  const begin = attributeOf(conditions, "NotBefore");
  const end = attributeOf(conditions, "NotOnOrAfter");
  demand((readInstant(end) ?? 0) + CLOCK_SKEW_SECONDS > now, "the assertion has expired");
  demand(
    begin === undefined || (readInstant(begin) ?? Infinity) - CLOCK_SKEW_SECONDS <= now,
    "it is not valid yet",
  );
  const subject = onlyChild(assertion, "assertion", "Subject");
  const data = childrenOf(subject, "assertion", "SubjectConfirmation").flatMap((one) =>
    childrenOf(one, "assertion", "SubjectConfirmationData"),
  );
  const early = data.some((one) => (readInstant(attributeOf(one, "NotBefore")) ?? 0) > now);
  demand(!early, "the confirmation is not valid yet");
}

/** A request is answered once. */
function takeRequest(response: Element, { pending }: SamlSituation): void {
  const id = attributeOf(response, "InResponseTo") ?? "";
  const isPending = pending.get(id) !== undefined;
  pending.remove(id);
  demand(isPending, "no such request is under way");
}

/**
 * Makes the verification of an answer as many apps have it: with a library for signatures and code of their own.
 *
 * @param changes what is done otherwise
 */
export function ownVerify(changes: Partial<OwnReading> = {}) {
  const { strict, pick, signatures } = { ...OWN_READING, ...changes };
  return (encoded: string, situation: SamlSituation): Promise<VerifiedXml> =>
    Promise.resolve(encoded).then((base64) => {
      const xml = new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(base64, "base64"));
      strict(xml);
      const message = { xml, response: parseRoot(xml), certificate: situation.idp.certificate };
      const assertion = pick(message);
      if (assertion === undefined) throw new Error("there is not exactly one assertion");
      signatures(message, assertion);
      takeRequest(message.response, situation);
      checkConditions(assertion, situation);
      return { responseXml: xml, assertionXml: new XMLSerializer().serializeToString(assertion) };
    });
}
