import { HarnessError } from "../../errors.ts";
import { MULTIPLE_AUTHN } from "../saml/names.ts";

/** Whom every forged assertion names. */
const FORGED_USER = "admin@victim.example";

const ASSERTION = /<saml:Assertion[\s>].*<\/saml:Assertion>/s;
const SIGNATURE = /<ds:Signature[\s>].*?<\/ds:Signature>/s;
const NAME_ID = /<saml:NameID[^>]*>([^<]+)<\/saml:NameID>/;
const CLASS_REF = /(<saml:AuthnContextClassRef>)[^<]*/g;
const ID = / ID="([^"]*)"/;
const ISSUER_END = "</saml:Issuer>";

/** One signed element, taken apart as text: namespaces stay declared where they are. */
export interface SignedElement {
  /** As it was signed. */
  readonly signed: string;
  /** Without its signature. */
  readonly bare: string;
  /** Empty when there is none. */
  readonly signature: string;
  readonly id: string;
}

/** A response, taken apart around its assertion. */
export interface WrapParts {
  readonly before: string;
  readonly assertion: SignedElement;
  readonly after: string;
  readonly response: SignedElement;
}

function signedElement(signed: string): SignedElement {
  const start = signed.slice(0, ASSERTION.exec(signed.slice(1))?.index ?? signed.length);
  const signature = SIGNATURE.exec(start)?.[0] ?? "";
  return {
    signed,
    signature,
    bare: signature === "" ? signed : signed.replace(signature, ""),
    id: ID.exec(signed)?.[1] ?? "",
  };
}

/**
 * Takes a response apart.
 *
 * @throws HarnessError when it has no assertion
 */
export function wrapParts(xml: string): WrapParts {
  const assertion = ASSERTION.exec(xml);
  if (assertion === null) {
    throw new HarnessError(
      "ERR_SCENARIO_INVALID",
      "There is no assertion to wrap in the signed XML",
      "Wrap a SAML 2.0 response with an assertion, before another tamper takes it away.",
    );
  }
  return {
    before: xml.slice(0, assertion.index),
    assertion: signedElement(assertion[0]),
    after: xml.slice(assertion.index + assertion[0].length),
    response: signedElement(xml),
  };
}

/** The same element for the forged user and with MFA, unsigned and under another ID, else unchanged. */
export function forge(element: string, id: string): string {
  const { bare } = signedElement(element);
  const user = NAME_ID.exec(bare)?.[1];
  return (user === undefined ? bare : bare.replaceAll(user, () => FORGED_USER))
    .replace(ID, () => ` ID="${id}"`)
    .replace(CLASS_REF, (_all, open: string) => `${open}${MULTIPLE_AUTHN}`);
}

/** Puts text right after the Issuer of an element, where a signature belongs. */
export function afterIssuer(element: string, text: string): string {
  return element.replace(ISSUER_END, () => `${ISSUER_END}${text}`);
}

/** Puts text before the last end tag of this name. */
export function beforeEnd(element: string, name: string, text: string): string {
  const at = element.lastIndexOf(`</${name}>`);
  return at === -1 ? element : `${element.slice(0, at)}${text}${element.slice(at)}`;
}
