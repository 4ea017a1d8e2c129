import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { SignedXml } from "xml-crypto";
import type { Policy } from "../../src/policy.ts";

/** The instant at which the sample responses are judged, seconds since the epoch. */
export const NOW = Date.parse("2026-11-20T12:00:00Z") / 1000;

/** Names that the sample responses and the sample policy agree on. */
export const ISSUER = "https://idp.example/saml";
export const AUDIENCE = "https://sp.example/metadata";
const ACS = "https://sp.example/acs";
const REQUEST_ID = "_request-1";
export const MULTIPLE_AUTHN = "http://schemas.microsoft.com/claims/multipleauthn";

const PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
const ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";
const EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
const ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const SHA_256 = "http://www.w3.org/2001/04/xmlenc#sha256";

/** Signature algorithms that the samples are signed with, and how Node signs so. */
const ALGORITHMS = {
  RS256: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
  RS512: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
  PS256: "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
  ES256: "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
  ES384: "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384",
  EdDSA: "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519",
  RS1: "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
} as const;

/** A key pair: what the identity provider signs with, and what the policy is told. */
export interface SampleKey {
  readonly privateKey: KeyObject;
  readonly jwk: Readonly<Record<string, unknown>>;
}

function sampleKey(pair: { readonly privateKey: KeyObject; readonly publicKey: KeyObject }): SampleKey {
  return { privateKey: pair.privateKey, jwk: { ...pair.publicKey.export({ format: "jwk" }) } };
}

/** Makes an RSA key; of the default size unless a test is about the size. */
export function rsaKey(modulusLength = 2048): SampleKey {
  return sampleKey(generateKeyPairSync("rsa", { modulusLength }));
}

/** Makes an EC key. */
export function ecKey(namedCurve: string): SampleKey {
  return sampleKey(generateKeyPairSync("ec", { namedCurve }));
}

/** Makes an Ed25519 key. */
export function edKey(): SampleKey {
  return sampleKey(generateKeyPairSync("ed25519"));
}

/** A policy that trusts the given keys for the sample issuer and reads MFA as Entra does with SAML 2.0. */
export function samplePolicy(keys: readonly SampleKey[], changes: Partial<Policy> = {}): Policy {
  return {
    id: "sample",
    issuers: keys.length === 0 ? [] : [{ issuer: ISSUER, jwks: { keys: keys.map(({ jwk }) => jwk) } }],
    audiences: [AUDIENCE],
    assertionConsumerService: ACS,
    requestId: REQUEST_ID,
    clockSkewSeconds: 60,
    algorithms: ["RS256", "RS512", "PS256", "ES256", "ES384", "EdDSA"],
    minRsaBits: 2048,
    mfa: { amrValues: [], classRefs: [MULTIPLE_AUTHN], attributes: [], attributeValues: [] },
    ...changes,
  };
}

/** An unsigned response that, once signed, every rule is content with. */
export function sampleResponse(): string {
  return `<samlp:Response xmlns:samlp="${PROTOCOL}" ID="_response-1" Version="2.0" IssueInstant="2026-11-20T11:59:30Z" Destination="${ACS}" InResponseTo="${REQUEST_ID}"><saml:Issuer xmlns:saml="${ASSERTION}">${ISSUER}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>${sampleAssertion()}</samlp:Response>`;
}

/** The assertion of the sample response. */
export function sampleAssertion(id = "_assertion-1"): string {
  return `<saml:Assertion xmlns:saml="${ASSERTION}" ID="${id}" Version="2.0" IssueInstant="2026-11-20T11:59:30Z"><saml:Issuer>${ISSUER}</saml:Issuer><saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">alice</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="2026-11-20T12:05:00Z" Recipient="${ACS}" InResponseTo="${REQUEST_ID}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="2026-11-20T11:55:00Z" NotOnOrAfter="2026-11-20T13:00:00Z"><saml:AudienceRestriction><saml:Audience>${AUDIENCE}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="2026-11-20T11:59:00Z" SessionNotOnOrAfter="2026-11-20T20:00:00Z"><saml:AuthnContext><saml:AuthnContextClassRef>${MULTIPLE_AUTHN}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement><saml:Attribute Name="mail" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:basic"><saml:AttributeValue>alice@example.test</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>`;
}

/** How a sample is signed; each member has a usual value. */
export interface SigningOptions {
  readonly algorithm?: keyof typeof ALGORITHMS;
  readonly digest?: string;
  readonly transforms?: readonly string[];
  readonly canonicalization?: string;
  readonly inclusivePrefixes?: readonly string[];
  readonly keyInfo?: string;
  /** Attribute that the reference names; SAML 1.1 has a name of its own for it. */
  readonly idAttribute?: string;
  /** Local name of the sibling that the signature is put after. */
  readonly after?: string;
}

/** xml-crypto takes a class for each algorithm it does not know. */
function signer(uri: string, signWith: (data: Buffer, key: KeyObject) => Buffer) {
  return class {
    getAlgorithmName(): string {
      return uri;
    }
    getSignature(signedInfo: unknown, privateKey: unknown): string {
      return signWith(Buffer.from(String(signedInfo)), createPrivateKey(String(privateKey))).toString(
        "base64",
      );
    }
    verifySignature(): boolean {
      throw new Error("samples are verified by the library, not here");
    }
  };
}

function signEc(hash: string): (data: Buffer, key: KeyObject) => Buffer {
  return (data, key) => sign(hash, data, { key, dsaEncoding: "ieee-p1363" });
}

function addAlgorithms(signedXml: SignedXml): void {
  signedXml.SignatureAlgorithms[ALGORITHMS.ES256] = signer(ALGORITHMS.ES256, signEc("sha256"));
  signedXml.SignatureAlgorithms[ALGORITHMS.ES384] = signer(ALGORITHMS.ES384, signEc("sha384"));
  signedXml.SignatureAlgorithms[ALGORITHMS.EdDSA] = signer(ALGORITHMS.EdDSA, (data, key) =>
    sign(null, data, key),
  );
}

/** Signs one element of a sample, named by its local name or its ID, with xml-crypto, and puts the signature after its Issuer unless told otherwise. */
export function signSaml(xml: string, element: string, key: SampleKey, options: SigningOptions = {}): string {
  const {
    algorithm = "RS256",
    digest = SHA_256,
    transforms = [ENVELOPED, EXCLUSIVE],
    inclusivePrefixes,
  } = options;
  const { keyInfo, idAttribute = "ID", after = "Issuer" } = options;
  const xpath = element.startsWith("_") ? `//*[@ID='${element}']` : `//*[local-name(.)='${element}']`;
  const signedXml = new SignedXml({
    privateKey: key.privateKey.export({ type: "pkcs8", format: "pem" }),
    signatureAlgorithm: ALGORITHMS[algorithm],
    canonicalizationAlgorithm: options.canonicalization ?? EXCLUSIVE,
    getKeyInfoContent: () => keyInfo ?? null,
    idAttribute,
  });
  addAlgorithms(signedXml);
  signedXml.addReference({
    xpath,
    transforms: [...transforms],
    digestAlgorithm: digest,
    ...(inclusivePrefixes === undefined ? {} : { inclusiveNamespacesPrefixList: [...inclusivePrefixes] }),
  });
  const reference = `${xpath}/*[local-name(.)='${after}']`;
  signedXml.computeSignature(xml, { prefix: "ds", location: { reference, action: "after" } });
  return signedXml.getSignedXml();
}

/** A sample with the Assertion signed, then the Response around it, as most identity providers do. */
export function signBoth(xml: string, key: SampleKey): string {
  return signSaml(signSaml(xml, "Assertion", key), "Response", key);
}

/** Whether xml-crypto, a verifier that shares no code with ours, finds every signature in a message valid. */
export function secondOpinion(xml: string, { jwk }: Pick<SampleKey, "jwk">): boolean {
  const publicCert = createPublicKey({ key: { ...jwk }, format: "jwk" }).export({
    type: "spki",
    format: "pem",
  });
  const signatures = xml.match(/<(\w+:)?Signature [\s\S]*?<\/\1Signature>/g) ?? [];
  return (
    signatures.length > 0 &&
    signatures.every((signature) => {
      const signedXml = new SignedXml({ publicCert });
      try {
        signedXml.loadSignature(signature);
        return signedXml.checkSignature(xml);
      } catch {
        return false;
      }
    })
  );
}

/** The Assertion element of a message, as it stands there. */
export function assertionIn(xml: string): string {
  return /<saml:Assertion[\s\S]*<\/saml:Assertion>/.exec(xml)?.[0] ?? "";
}

/** The first ds:Signature element of a message, as it stands there. */
export function signatureIn(xml: string): string {
  return /<ds:Signature [\s\S]*?<\/ds:Signature>/.exec(xml)?.[0] ?? "";
}
