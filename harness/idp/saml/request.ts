import type { SamlName } from "../../emission/profiles/saml.ts";
import type { MessageKind, MessageReader } from "./message.ts";

/** How a service provider wants people named, SAML core §3.4.1.1. */
export interface NameIdPolicy {
  readonly format: string | undefined;
  readonly spNameQualifier: string | undefined;
  readonly allowCreate: string | undefined;
}

/** What an AuthnRequest asks for. Its Destination is not looked at: a mock IdP may have several names. */
export interface AuthnRequest {
  readonly id: string;
  /** Entity id of the service provider. */
  readonly issuer: string;
  readonly acsUrl: string | undefined;
  readonly acsIndex: string | undefined;
  readonly protocolBinding: string | undefined;
  readonly isPassive: boolean;
  readonly forceAuthn: boolean;
  /** How whoever signs in is to be named; undefined: in any way. */
  readonly nameIdPolicy: NameIdPolicy | undefined;
  /** Whom the answer has to be about; `nameId` is empty where that cannot be read here. */
  readonly subject: SamlName | undefined;
  readonly comparison: string | undefined;
  readonly classRefs: readonly string[];
  readonly declRefs: readonly string[];
}

function isTrue(value: string | undefined): boolean {
  return value === "true" || value === "1";
}

function nameIdPolicyOf(valueAt: MessageReader["valueAt"]): NameIdPolicy | undefined {
  if (valueAt("samlp:NameIDPolicy") === undefined) return undefined;
  return {
    format: valueAt("samlp:NameIDPolicy/@Format"),
    spNameQualifier: valueAt("samlp:NameIDPolicy/@SPNameQualifier"),
    allowCreate: valueAt("samlp:NameIDPolicy/@AllowCreate"),
  };
}

/** An encrypted name, or one that an extension defines: nothing is known of it here. */
const UNREADABLE = "saml:Subject/saml:EncryptedID | saml:Subject/saml:BaseID";

function subjectOf(valueAt: MessageReader["valueAt"]): SamlName | undefined {
  const nameId = valueAt("saml:Subject/saml:NameID");
  if (nameId === undefined) return valueAt(UNREADABLE) === undefined ? undefined : { nameId: "" };
  const [format, nameQualifier, spNameQualifier] = ["Format", "NameQualifier", "SPNameQualifier"].map(
    (attribute) => valueAt(`saml:Subject/saml:NameID/@${attribute}`),
  );
  return {
    nameId,
    ...(format === undefined ? {} : { format }),
    ...(nameQualifier === undefined ? {} : { nameQualifier }),
    ...(spNameQualifier === undefined ? {} : { spNameQualifier }),
  };
}

function read({ id, issuer, attribute, valueAt, valuesAt }: MessageReader): AuthnRequest {
  return {
    id,
    issuer,
    acsUrl: attribute("AssertionConsumerServiceURL"),
    acsIndex: attribute("AssertionConsumerServiceIndex"),
    protocolBinding: attribute("ProtocolBinding"),
    isPassive: isTrue(attribute("IsPassive")),
    forceAuthn: isTrue(attribute("ForceAuthn")),
    nameIdPolicy: nameIdPolicyOf(valueAt),
    subject: subjectOf(valueAt),
    comparison: valueAt("samlp:RequestedAuthnContext/@Comparison"),
    classRefs: valuesAt("samlp:RequestedAuthnContext/saml:AuthnContextClassRef"),
    declRefs: valuesAt("samlp:RequestedAuthnContext/saml:AuthnContextDeclRef"),
  };
}

/** A request for a sign-in, SAML core §3.4.1. */
export const AUTHN_REQUEST: MessageKind<AuthnRequest> = {
  parameter: "SAMLRequest",
  element: "AuthnRequest",
  read,
};
