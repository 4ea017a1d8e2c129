import type { FactorKind } from "./factor-kind.ts";

/** What a product means by a word that no registry explains. */
export interface VendorWord {
  /** Who writes it. */
  readonly by: string;
  /** What it stands for there. */
  readonly means: string;
  /** The kind of factor behind it, where those who write it leave no doubt. */
  readonly kind?: FactorKind;
  /** The registered value that says the same. */
  readonly registered?: string;
}

type Row = readonly [
  words: string,
  by: string,
  means: string,
  registered?: string | undefined,
  kind?: FactorKind,
];

/** The rows of one kind of method, each with several spellings of one word. */
const PASSWORDS: readonly Row[] = [
  [
    "password passwd basic basicauthenticator",
    "Ory Kratos, Glewlwyd, IdentityServer, WSO2",
    "a password",
    "pwd",
  ],
  ["security-question securityquestion", "Okta", "a security question", "kba"],
];

const CODES: readonly Row[] = [
  ["totp mfa-totp", "Ory Kratos, WSO2, Supabase", "a one-time password of an app", "otp"],
  ["hotp", "privacyIDEA, LinOTP", "a one-time password of a token", "otp"],
  [
    "google-otp google-authenticator googleauthenticator gauth mfa-gauth",
    "Okta, CAS",
    "a one-time password of Google Authenticator",
    "otp",
  ],
  ["software-token-mfa", "Amazon Cognito", "a one-time password of an app", "otp"],
  [
    "otp-sms sms-otp smsotp sms-mfa sms-code mfa-sms otp-phone phone-otp mfa-phone phone",
    "authentik, WSO2, Amazon Cognito, Supabase",
    "a code sent to a phone",
    "sms",
  ],
  ["voice call phone-call", "Okta, Auth0", "a phone call", "tel"],
  ["symantec symantec-vip vip", "Okta", "a one-time password of Symantec VIP", "otp"],
  ["oauth-otp onprem-mfa", "Okta", "a one-time password of a token on premises", "otp"],
  ["rsa securid", "Okta; Entra means the proof of an RSA key", "RSA SecurID", "otp"],
  ["token hardware-token", "PingID, LinOTP", "a one-time password of a token", "otp"],
  [
    "lookup-secret recovery-code recovery-codes backup-code backup-codes",
    "Ory Kratos, Keycloak",
    "a recovery code",
    "otp",
  ],
];

const KEYS: readonly Row[] = [
  [
    "webauthn mfa-webauthn fidoauthenticator",
    "Ory Kratos, Keycloak, authentik, CAS",
    "a WebAuthn key",
    "pop",
  ],
  ["passkey passkeys", "Ory Kratos, Auth0", "a passkey", "pop"],
  [
    "fido fido2 u2f fido-u2f security-key securitykey",
    "Entra external methods, Okta, LemonLDAP::NG",
    "a FIDO key",
    "pop",
  ],
  ["yubikey yubico mfa-yubikey", "Okta, CAS", "a YubiKey", "hwk"],
  ["phr", "OpenID EAP ACR Values, Okta, Auth0", "phishing-resistant authentication", "pop"],
  ["phrh", "OpenID EAP ACR Values, Okta", "phishing-resistant authentication with a protected key", "hwk"],
  ["x509 x-509 certificate cert clientcert mtls", "Keycloak, Entra, PingAM", "a certificate", "swk"],
  ["smartcard smart-card piv cac", "Okta, PingAM", "a smart card", "sc"],
];

const APPS: readonly Row[] = [
  ["okta-verify oktaverify", "Okta", "Okta Verify", "swk"],
  ["duo duo-push mfa-duo", "Okta, CAS, Duo", "Duo", "swk"],
  ["push mfa-push push-notification", "Auth0, PingAM, PingID", "a confirmation in an app", "swk"],
  ["bankid bank-id", "BankID", "an app or card with a code of its own", "swk"],
  ["freja frejaeid mitid mobileid", "Freja, MitID, Mobile-ID", "an app with a code of its own", "swk"],
];

/** What is no factor, or of which nobody can tell the kind. */
const OTHERS: readonly Row[] = [
  [
    "email email-otp otp-email emailotp mail",
    "Okta, Amazon Cognito, WSO2",
    "a message to a mail address, of which NIST SP 800-63B §5.1.3.1 says that it proves no possession",
  ],
  [
    "code link magiclink magic-link code-recovery link-recovery",
    "Ory Kratos, Supabase",
    "a code or link sent to an address that is not named",
  ],
  [
    "fed federated ext external oidc saml oauth social sso sso-saml idp",
    "Entra, Okta, Ory Kratos, authup, Bitwarden",
    "a sign-in at another provider, whose methods it does not name",
  ],
  ["ngcmfa", "Entra", "MFA for setting up a credential"],
  ["wiaormfa", "Entra", "Windows sign-in or MFA"],
  ["none", "Entra", "no authentication"],
  ["authenticated unauthenticated", "Amazon Cognito identity pools", "no method"],
  ["simulator", "Signicat", "a test"],
  [
    "2fa multifactor multi-factor",
    "some products",
    "more than one factor, for which mfa is registered",
    "mfa",
  ],
  ["bio biometric biometrics", "some products", "a biometric", undefined, "inherence"],
];

const KIND_OF: ReadonlyMap<string, FactorKind> = new Map<string, FactorKind>([
  ["pwd", "knowledge"],
  ["kba", "knowledge"],
  ...["otp", "sms", "tel", "pop", "hwk", "swk", "sc"].map((value) => [value, "possession"] as const),
]);

function entriesOf([words, by, means, registered, kind]: Row): readonly (readonly [string, VendorWord])[] {
  const known = kind ?? KIND_OF.get(registered ?? "");
  const word: VendorWord = {
    by,
    means,
    ...(known === undefined ? {} : { kind: known }),
    ...(registered === undefined ? {} : { registered }),
  };
  return words.split(" ").map((key) => [key, word] as const);
}

/**
 * Words that products write into `amr` and that are not registered, by their plain spelling: lower case, with a hyphen
 * for every separator. The list adds meaning and nothing else: a word that is not in it is named all the same.
 *
 * Okta: guide "Configure AMR claims mapping"; Ory: SessionAuthenticationMethod of the API; WSO2 and Asgardeo: "ACR and
 * AMR"; Entra: access token reference, and the provider reference of external methods; CAS: multifactor providers;
 * Amazon Cognito: challenge names; Supabase: JWT claims reference; and the failures F-11 to F-33.
 */
export const VENDOR_WORDS: ReadonlyMap<string, VendorWord> = new Map(
  [...PASSWORDS, ...CODES, ...KEYS, ...APPS, ...OTHERS].flatMap((row) => entriesOf(row)),
);

/** What Entra documents for its own tokens beside the registered values. Entra: access tokens. */
export const ENTRA_WORDS: readonly string[] = ["fed", "ngcmfa", "none", "rsa", "wiaormfa"];
