import { DOMParser } from "@xmldom/xmldom";
import { SignedXml } from "xml-crypto";

/** Mistakes that relying parties make, one at a time. */
export type Mistake =
  | "trusts the certificate beside the signature"
  | "takes an assertion without a signature"
  | "asks for no audience"
  | "asks for no time"
  | "looks for the word multipleauthn anywhere"
  | "takes an answer from any browser";

/** What a relying party expects. */
export interface Expected {
  readonly issuer: string;
  readonly certificate: string;
  readonly realm: string;
  readonly replyUrl: string;
  readonly mistake: Mistake | undefined;
  readonly now: number;
}

/** Who signed in, and how. */
export interface SignedIn {
  readonly id: string;
  readonly user: string;
  readonly showsMfa: boolean;
  readonly at: number;
}

const SAML = ["urn:oasis:names:tc:SAML:1.0:assertion", "urn:oasis:names:tc:SAML:2.0:assertion"];
const CLAIMS = "http://schemas.microsoft.com/ws/2008/06/identity/claims";
const MFA = "http://schemas.microsoft.com/claims/multipleauthn";
const EITHER = "http://schemas.microsoft.com/claims/wiaormultiauthn";
const SKEW = 60;
const ALGORITHMS =
  /^http:\/\/www\.w3\.org\/(2001\/04\/xmldsig-more#rsa-sha(256|384|512)|2001\/04\/xmlenc#sha(256|512)|2001\/10\/xml-exc-c14n#|2000\/09\/xmldsig#enveloped-signature)$/;

function demand(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}

function refuse(message: string): never {
  throw new Error(message);
}

function parse(xml: string): Element {
  demand(!xml.includes("<!DOCTYPE"), "a document type");
  const errorHandler = { warning: refuse, error: refuse, fatalError: refuse };
  const { documentElement: root } = new DOMParser({ errorHandler }).parseFromString(xml, "text/xml");
  return root;
}

function all(root: Element, name: string, attribute?: string): readonly string[] {
  return elements(root, name).map((one) =>
    attribute === undefined ? (one.textContent ?? "") : (one.getAttribute(attribute) ?? ""),
  );
}

function elements(root: Element, name: string): readonly Element[] {
  return Array.from(root.getElementsByTagNameNS("*", name));
}

function children(parent: Element | undefined): readonly Element[] {
  const nodes = parent === undefined ? [] : Array.from(parent.childNodes);
  return nodes.filter((node): node is Element => node.nodeType === 1);
}

/** The assertion as it was signed: what the signature does not cover is not in it. */
function signedAssertion(xml: string, expected: Expected): Element {
  const holders = elements(parse(xml), "RequestedSecurityToken");
  const [token, second] = holders.flatMap(children);
  demand(token !== undefined && second === undefined && holders.length === 1, "not one token");
  demand(token.localName === "Assertion" && SAML.includes(token.namespaceURI ?? ""), "no assertion");
  const [signature, another] = elements(token, "Signature");
  if (signature === undefined && expected.mistake === "takes an assertion without a signature") return token;
  demand(signature !== undefined && another === undefined, "not one signature");
  demand(signature.parentNode === token, "the signature is elsewhere");
  const ours = expected.mistake !== "trusts the certificate beside the signature";
  const [shown = ""] = all(signature, "X509Certificate");
  const publicCert = ours
    ? expected.certificate
    : `-----BEGIN CERTIFICATE-----\n${shown}\n-----END CERTIFICATE-----`;
  const verifier = new SignedXml({ publicCert, idAttribute: "AssertionID", getCertFromKeyInfo: () => null });
  const used = elements(signature, "SignedInfo").flatMap((info) =>
    ["CanonicalizationMethod", "SignatureMethod", "Transform", "DigestMethod"].flatMap((name) =>
      all(info, name, "Algorithm"),
    ),
  );
  demand(used.length >= 4 && used.every((one) => ALGORITHMS.test(one)), "an algorithm of no use");
  verifier.loadSignature(signature);
  demand(verifier.checkSignature(xml), "the signature does not hold");
  const [signed, more] = verifier.getSignedReferences();
  demand(signed !== undefined && more === undefined, "not one reference");
  const root = parse(signed);
  demand(
    root.localName === "Assertion" && SAML.includes(root.namespaceURI ?? ""),
    "another element is signed",
  );
  return root;
}

function time(text: string | undefined): number {
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text ?? "")
    ? Date.parse(text ?? "") / 1000
    : Number.NaN;
  demand(!Number.isNaN(at), "no time");
  return at;
}

function checkConditions(token: Element, { realm, mistake, now }: Expected): void {
  const conditions = elements(token, "Conditions");
  const known = ["AudienceRestrictionCondition", "AudienceRestriction", "DoNotCacheCondition", "OneTimeUse"];
  demand(conditions.length === 1, "not one list of conditions");
  demand(
    conditions.flatMap(children).every(({ localName }) => known.includes(localName)),
    "a condition that is not known",
  );
  if (mistake !== "asks for no time") {
    demand(time(all(token, "Conditions", "NotOnOrAfter")[0]) + SKEW > now, "expired");
    const [begin = ""] = all(token, "Conditions", "NotBefore");
    demand(begin === "" || time(begin) - SKEW <= now, "not yet valid");
  }
  demand(mistake === "asks for no audience" || all(token, "Audience").includes(realm), "for somebody else");
}

function claims(token: Element, type: string): readonly string[] {
  return elements(token, "Attribute")
    .filter((one) => {
      const split = `${one.getAttribute("AttributeNamespace") ?? ""}/${one.getAttribute("AttributeName") ?? ""}`;
      return split === type || one.getAttribute("Name") === type;
    })
    .flatMap((one) => all(one, "AttributeValue"));
}

function checkSubject(token: Element, { replyUrl }: Expected): void {
  const names = new Set([...all(token, "NameIdentifier"), ...all(token, "NameID")]);
  const methods = [...all(token, "ConfirmationMethod"), ...all(token, "SubjectConfirmation", "Method")];
  const given = methods.filter((method) => method !== "");
  demand(names.size === 1, "not one subject");
  demand(
    given.length > 0 && given.every((method) => /^urn:oasis:names:tc:SAML:[12]\.0:cm:bearer$/.test(method)),
    "not a bearer",
  );
  const recipients = all(token, "SubjectConfirmationData", "Recipient");
  demand(
    recipients.every((one) => one === "" || one === replyUrl),
    "to be delivered elsewhere",
  );
}

/** Reads the answer of the IdP. @throws Error when it is not to be believed */
export function readAnswer(xml: string, expected: Expected): SignedIn {
  const token = signedAssertion(xml, expected);
  const first = token.namespaceURI === SAML[0];
  const version = first
    ? `${token.getAttribute("MajorVersion")}.${token.getAttribute("MinorVersion")}`
    : token.getAttribute("Version");
  demand(version === (first ? "1.1" : "2.0"), "another version");
  const issuer = first ? token.getAttribute("Issuer") : all(token, "Issuer")[0];
  demand(issuer === expected.issuer, "another issuer");
  checkConditions(token, expected);
  checkSubject(token, expected);
  const stated = first
    ? all(token, "AuthenticationStatement", "AuthenticationMethod")
    : all(token, "AuthnContextClassRef");
  const methods = first ? [...stated, ...claims(token, `${CLAIMS}/authenticationmethod`)] : stated;
  const said = first ? [MFA, EITHER] : [MFA];
  const anywhere =
    expected.mistake === "looks for the word multipleauthn anywhere" &&
    xml.toLowerCase().includes("multipleauthn");
  // The age is that of the statement that says MFA; a claim about the time holds beside any statement.
  const statements = elements(token, first ? "AuthenticationStatement" : "AuthnStatement");
  const saying = statements.filter((one) =>
    first
      ? said.includes(one.getAttribute("AuthenticationMethod") ?? "")
      : all(one, "AuthnContextClassRef").some((reference) => said.includes(reference)),
  );
  const stamped = (saying.length > 0 ? saying : statements).slice(0, 1);
  const instants = [
    ...claims(token, `${CLAIMS}/authenticationinstant`),
    ...stamped.map((one) => one.getAttribute(first ? "AuthenticationInstant" : "AuthnInstant") ?? ""),
  ].map(time);
  const at = Math.min(...instants);
  demand(Math.max(...instants) <= expected.now + SKEW, "signed in in the future");
  const [user, other] = claims(token, "http://schemas.xmlsoap.org/claims/UPN");
  demand(user !== undefined && other === undefined, "not one user");
  const id = token.getAttribute(first ? "AssertionID" : "ID") ?? "";
  return { id, user, at, showsMfa: anywhere || methods.some((method) => said.includes(method)) };
}
