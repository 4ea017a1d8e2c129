import type { FactorKind } from "./factor-kind.ts";

const AUTHN = "http://schemas.microsoft.com/ws/2012/12/authmethod/";
const WS_2008 = "http://schemas.microsoft.com/ws/2008/06/identity/authenticationmethod/";
const SAML_1 = "urn:oasis:names:tc:SAML:1.0:am:";
const SAML_2 = "urn:oasis:names:tc:SAML:2.0:ac:classes:";

function under(
  base: string,
  kind: FactorKind | null,
  names: string,
): readonly (readonly [string, FactorKind | null])[] {
  return names.split(" ").map((name) => [`${base}${name}`, kind] as const);
}

/**
 * URIs that name one method, with the kind of factor behind each; null where it does not tell. SAML 1.1 core §7.1, SAML
 * authentication context §3.4, and the ADFS Toolkit, Get-ADFSTkMFAConfiguration.
 */
export const METHOD_URIS: ReadonlyMap<string, FactorKind | null> = new Map([
  ...under(SAML_1, "knowledge", "password"),
  ...under(SAML_1, "possession", "HardwareToken X509-PKI PGP SPKI XKMS"),
  ["urn:ietf:rfc:2246", "possession"] as const,
  ...under(SAML_1, null, "unspecified"),
  ["urn:ietf:rfc:1510", null] as const,
  ["urn:ietf:rfc:2945", "knowledge"] as const,
  ["urn:ietf:rfc:3075", "possession"] as const,
  ["urn:federation:authentication:windows", null] as const,
  ...under(
    SAML_2,
    "knowledge",
    "Password PasswordProtectedTransport SecureRemotePassword InternetProtocolPassword",
  ),
  ...under(
    SAML_2,
    "possession",
    "TimeSyncToken Smartcard X509 TLSClient SPKI PGP XMLDSig MobileOneFactorUnregistered",
  ),
  ...under(SAML_2, "possession", "MobileOneFactorContract"),
  ...under(SAML_2, null, "unspecified Kerberos PreviousSession InternetProtocol Telephony NomadTelephony"),
  ...under(SAML_2, null, "PersonalTelephony AuthenticatedTelephony"),
  ...under(WS_2008, "knowledge", "password secureremotepassword"),
  ...under(
    WS_2008,
    "possession",
    "hardwaretoken smartcard smartcardpki x509 tlsclient spki pgp signature xkms",
  ),
  ...under(WS_2008, null, "unspecified windows kerberos"),
  ...under(AUTHN, "possession", "otp smsotp phoneotp phoneconfirmation phoneappnotification"),
]);
