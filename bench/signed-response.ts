import { createHash, type KeyObject, sign } from "node:crypto";
import { makeEmissionKeys } from "../harness/emission/keys/keys.ts";
import { selfSignedCertificate } from "../harness/emission/keys/certificate.ts";

const PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
const ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";
const SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";
const EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";

/** Names that every sample response carries. */
export const NAMES = {
  issuer: "https://idp.bench.example/saml",
  audience: "https://sp.bench.example/metadata",
  acs: "https://sp.bench.example/acs",
  requestId: "_request-1",
  classRef: "https://refeds.org/profile/mfa",
} as const;

/** A key with the certificate (PEM) that shows it. */
export interface SigningKey {
  readonly privateKey: KeyObject;
  readonly certificate: string;
}

/** Makes a key whose certificate is valid at `now`, seconds since the epoch. */
export async function makeSigningKey(now: number): Promise<SigningKey> {
  const key = await makeEmissionKeys().published();
  return { privateKey: key.privateKey, certificate: selfSignedCertificate(key, "bench", now) };
}

/** What a sample response is made of. */
export interface ResponseParts {
  /** Attribute elements, already in canonical form. */
  readonly attributes: string;
  readonly signed: "assertion" | "both";
  /** Seconds since the epoch. */
  readonly now: number;
}

/**
 * Writes a signed response. All of it is written in exclusive canonical form, so that what is digested is a part of
 * the text as it stands, and signing a megabyte takes no longer than hashing it.
 */
export function signedResponse({ attributes, signed, now }: ResponseParts, key: SigningKey): string {
  const assertion = signElement(assertionText(attributes, now), "_assertion-1", key);
  const response = responseText(assertion, now);
  return signed === "both" ? signElement(response, "_response-1", key) : response;
}

function time(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

/** The attribute `Name` with these values, in canonical form; no value needs escaping. */
export function attributeText(name: string, values: readonly string[]): string {
  const inner = values.map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`).join("");
  return `<saml:Attribute Name="${name}">${inner}</saml:Attribute>`;
}

function assertionText(attributes: string, now: number): string {
  const confirmation = `<saml:SubjectConfirmationData InResponseTo="${NAMES.requestId}" NotOnOrAfter="${time(now + 300)}" Recipient="${NAMES.acs}"></saml:SubjectConfirmationData>`;
  return [
    `<saml:Assertion xmlns:saml="${ASSERTION}" ID="_assertion-1" IssueInstant="${time(now)}" Version="2.0">`,
    `<saml:Issuer>${NAMES.issuer}</saml:Issuer>`,
    `<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">a.gent</saml:NameID>`,
    `<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">${confirmation}</saml:SubjectConfirmation></saml:Subject>`,
    `<saml:Conditions NotBefore="${time(now - 60)}" NotOnOrAfter="${time(now + 3600)}">`,
    `<saml:AudienceRestriction><saml:Audience>${NAMES.audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>`,
    `<saml:AuthnStatement AuthnInstant="${time(now)}" SessionIndex="_session-1"><saml:AuthnContext>`,
    `<saml:AuthnContextClassRef>${NAMES.classRef}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`,
    `<saml:AttributeStatement>${attributes}</saml:AttributeStatement></saml:Assertion>`,
  ].join("");
}

function responseText(assertion: string, now: number): string {
  return [
    `<samlp:Response xmlns:samlp="${PROTOCOL}" Destination="${NAMES.acs}" ID="_response-1" `,
    `InResponseTo="${NAMES.requestId}" IssueInstant="${time(now)}" Version="2.0">`,
    `<saml:Issuer xmlns:saml="${ASSERTION}">${NAMES.issuer}</saml:Issuer><samlp:Status>`,
    `<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"></samlp:StatusCode></samlp:Status>`,
    `${assertion}</samlp:Response>`,
  ].join("");
}

/** Signs an element and puts the signature after its Issuer, where the schema of SAML wants it. */
function signElement(canonical: string, id: string, { privateKey, certificate }: SigningKey): string {
  const digest = createHash("sha256").update(canonical).digest("base64");
  const signedInfo = [
    `><ds:CanonicalizationMethod Algorithm="${EXCLUSIVE}"></ds:CanonicalizationMethod>`,
    `<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"></ds:SignatureMethod>`,
    `<ds:Reference URI="#${id}"><ds:Transforms><ds:Transform Algorithm="${SIGNATURE}enveloped-signature"></ds:Transform>`,
    `<ds:Transform Algorithm="${EXCLUSIVE}"></ds:Transform></ds:Transforms>`,
    `<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod>`,
    `<ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>`,
  ].join("");
  // Inside the message SignedInfo inherits the prefix; on its own, as it is signed, it declares it.
  const alone = `<ds:SignedInfo xmlns:ds="${SIGNATURE}"${signedInfo}`;
  const value = sign("sha256", Buffer.from(alone), privateKey).toString("base64");
  const shown = certificate.replace(/-----[A-Z ]+-----|\s/g, "");
  const signature = [
    `<ds:Signature xmlns:ds="${SIGNATURE}"><ds:SignedInfo${signedInfo}<ds:SignatureValue>${value}</ds:SignatureValue>`,
    `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${shown}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></ds:Signature>`,
  ].join("");
  return canonical.replace("</saml:Issuer>", () => `</saml:Issuer>${signature}`);
}
