import type { MessageKind, MessageReader } from "./message.ts";

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
  readonly nameIdFormat: string | undefined;
  /** The name of whom the answer has to be about; empty: somebody whose name cannot be read here. */
  readonly subject: string | undefined;
  readonly comparison: string | undefined;
  readonly classRefs: readonly string[];
  readonly declRefs: readonly string[];
}

function isTrue(value: string | undefined): boolean {
  return value === "true" || value === "1";
}

/** Of an encrypted name, or one that an extension defines, nothing is known here. */
function unreadable(valueAt: MessageReader["valueAt"]): "" | undefined {
  return valueAt("saml:Subject/saml:EncryptedID | saml:Subject/saml:BaseID") === undefined ? undefined : "";
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
    nameIdFormat: valueAt("samlp:NameIDPolicy/@Format"),
    subject: valueAt("saml:Subject/saml:NameID") ?? unreadable(valueAt),
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
