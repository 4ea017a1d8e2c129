import { EAM_ACR_VALUES } from "./acr-eam.ts";

/** What a class, a level or a word says about MFA to those who know it. */
export interface MfaWord {
  /** `mfa`: those who define it say that it takes two factors. `maybe`: a level or a wording that may include them. */
  readonly says: "mfa" | "maybe";
  /** Who defines it, or what it looks like. */
  readonly by: string;
}

type Row = readonly [by: string, values: string];

/** Values that take two factors by the words of those who define them. */
const MFA_ROWS: readonly Row[] = [
  ["Entra", "http://schemas.microsoft.com/claims/multipleauthn urn:microsoft:policies:mfa"],
  ["the REFEDS MFA profile", "https://refeds.org/profile/mfa"],
  ["InCommon", "http://id.incommon.org/assurance/mfa"],
  [
    "SAML authentication context §3.4",
    "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorUnregistered urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI",
  ],
  [
    "OpenID PAPE §4",
    "http://schemas.openid.net/pape/policies/2007/06/multi-factor http://schemas.openid.net/pape/policies/2007/06/multi-factor-physical",
  ],
  ["Okta", "urn:okta:loa:2fa:any urn:okta:app:mfa:attestation"],
  [
    "Regulation (EU) 2015/1502, annex 2.2.1",
    "http://eidas.europa.eu/LoA/substantial http://eidas.europa.eu/LoA/high http://eidas.europa.eu/NotNotified/LoA/substantial http://eidas.europa.eu/NotNotified/LoA/high",
  ],
  ["FranceConnect, after Regulation (EU) 2015/1502", "eidas2 eidas3"],
  ["SPID", "https://www.spid.gov.it/SpidL2 https://www.spid.gov.it/SpidL3"],
  ["SURFsecureID", "http://surfconext.nl/assurance/loa2 http://surfconext.nl/assurance/loa3"],
  ["login.gov", "urn:gov:gsa:ac:classes:sp:PasswordProtectedTransport:duo"],
  ["ID-porten", "idporten-loa-substantial idporten-loa-high"],
  [
    "NSIS",
    "https://data.gov.dk/concept/core/nsis/loa/Substantial https://data.gov.dk/concept/core/nsis/loa/High",
  ],
  ["RFC 8176", "mfa"],
  ["CAS", "mfa-duo mfa-gauth mfa-webauthn mfa-yubikey mfa-simple"],
];

/** Values that may stand for two factors: what they take is for the issuer to say. */
const LEVEL_ROWS: readonly Row[] = [
  ["OpenID Connect EAP ACR Values: phishing-resistant", "phr phrh"],
  ["Okta: where the user has a second factor", "urn:okta:loa:2fa:any:ifpossible"],
  ["Entra, to external methods: a factor of another kind than the first", EAM_ACR_VALUES.join(" ")],
  ["Entra, WS-Federation: Windows sign-in or MFA", "http://schemas.microsoft.com/claims/wiaormultiauthn"],
];

/** NIST SP 800-63B §4.2, §4.3: both levels take two factors. */
const AAL = /(?:^|[^a-z0-9])aal[\s_:/.=-]{0,2}[23](?![0-9])/;
/** Levels of assurance on a scale of the issuer's own, or of ISO/IEC 29115. */
const LEVEL =
  /^[2-4]$|(?:^|[^a-z0-9])(?:loa|level|acr|eidas-?level)[\s_:/.=-]{0,2}[2-4](?![0-9])|(?:^|[:/#_-])(?:substantial|high)$/;
/** Wordings of MFA, unless a negation stands before them. */
const WORDING = /(?:^|[^a-z])(?:mfa|2fa)(?![a-z])|(?:multi|two|2)[\s_-]?factor|multipleauthn/;
const NEGATED =
  /(?:^|[^a-z])(?:no|non|not|without|un)[\s_:/.-]?(?:mfa|2fa|multi|two)|(?:mfa|2fa|factor)[\s_:/.=-]?(?:none|false|no|off|0)(?![a-z0-9])/;

/** Case, scheme and a last slash disregarded, as people do who copy a value by hand. */
function folded(value: string): string {
  return value
    .trim()
    .toLowerCase()
    .replace(/^https:/, "http:")
    .replace(/\/$/, "");
}

const WORDS: ReadonlyMap<string, MfaWord> = new Map(
  [
    ...LEVEL_ROWS.map(([by, values]) => ({ says: "maybe", by, values }) as const),
    ...MFA_ROWS.map(([by, values]) => ({ says: "mfa", by, values }) as const),
  ].flatMap(({ says, by, values }) =>
    values.split(" ").map((value) => [folded(value), { says, by }] as const),
  ),
);

const MAX_LENGTH = 512;

/**
 * What a context class, a level or a word says about MFA, whoever reads it and however it is spelt; undefined for one
 * that says nothing of it. It never decides anything: it tells why a reader that looks for another value sees no MFA.
 */
export function mfaWord(value: string): MfaWord | undefined {
  const known = definedMfaWord(value);
  if (known !== undefined || value.length > MAX_LENGTH) return known;
  const text = folded(value);
  if (AAL.test(text)) return { says: "mfa", by: "NIST SP 800-63B §4" };
  if (WORDING.test(text) && !NEGATED.test(text)) return { says: "maybe", by: "by its wording" };
  if (LEVEL.test(text)) return { says: "maybe", by: "a level, whose meaning is the issuer's to say" };
  return undefined;
}

/** The same, but only for what somebody defines: in a list of methods a wording may be anything. */
export function definedMfaWord(value: string): MfaWord | undefined {
  return value.length > MAX_LENGTH ? undefined : WORDS.get(folded(value));
}
