import type { Profile } from "../../emission/emission.ts";
import { MULTIPLE_AUTHN, PASSWORD_METHOD, PASSWORD_PROTECTED_TRANSPORT } from "../../emission/saml/names.ts";

const CLASSES = "urn:oasis:names:tc:SAML:2.0:ac:classes:";

/** What REFEDS calls a single factor and multi-factor authentication. */
const REFEDS_SFA = "https://refeds.org/profile/sfa";
const REFEDS_MFA = "https://refeds.org/profile/mfa";

/** Nothing is said about how the person was authenticated, SAML authentication context §3.4.25. */
const UNSPECIFIED = `${CLASSES}unspecified`;

/**
 * How strong each class is at this IdP. SAML leaves the order to the responder (SAML core §3.3.2.2.1); this one counts
 * factors, as their definitions in SAML authentication context §3.4, REFEDS and Microsoft Learn name them. A class that
 * is not here cannot be compared with any other.
 */
const STRENGTH: ReadonlyMap<string, number> = new Map([
  [UNSPECIFIED, 0],
  [`${CLASSES}PreviousSession`, 0],
  [`${CLASSES}InternetProtocol`, 0],
  [`${CLASSES}Password`, 1],
  [PASSWORD_PROTECTED_TRANSPORT, 1],
  [`${CLASSES}InternetProtocolPassword`, 1],
  [`${CLASSES}Kerberos`, 1],
  [`${CLASSES}MobileOneFactorUnregistered`, 1],
  [`${CLASSES}MobileOneFactorContract`, 1],
  [`${CLASSES}SecureRemotePassword`, 1],
  [`${CLASSES}TLSClient`, 1],
  [`${CLASSES}X509`, 1],
  [PASSWORD_METHOD, 1],
  [REFEDS_SFA, 1],
  [`${CLASSES}MobileTwoFactorUnregistered`, 2],
  [`${CLASSES}MobileTwoFactorContract`, 2],
  [`${CLASSES}Smartcard`, 2],
  [`${CLASSES}SmartcardPKI`, 2],
  [`${CLASSES}TimeSyncToken`, 2],
  [REFEDS_MFA, 2],
  [MULTIPLE_AUTHN, 2],
]);

/** True of whoever typed a password into a page of this IdP, whatever was done beside it. */
const WITH_PASSWORD: readonly string[] = [
  PASSWORD_PROTECTED_TRANSPORT,
  `${CLASSES}Password`,
  PASSWORD_METHOD,
  REFEDS_SFA,
  UNSPECIFIED,
];

/** Classes that are true of a sign-in with the profile; the first is the one it states when nobody asks. */
const TRUE_CLASSES: Readonly<Record<Profile, readonly [string, ...string[]]>> = {
  "password-only": [PASSWORD_PROTECTED_TRANSPORT, ...WITH_PASSWORD],
  "password-and-otp": [MULTIPLE_AUTHN, REFEDS_MFA, `${CLASSES}TimeSyncToken`, ...WITH_PASSWORD],
};

/** The strength of a class; undefined: nobody knows it here. */
export function strengthOf(classRef: string): number | undefined {
  return STRENGTH.get(classRef);
}

/** The classes that are true of a sign-in, the one that is stated unasked first. */
export function trueClasses(profile: Profile): readonly [string, ...string[]] {
  return TRUE_CLASSES[profile];
}
