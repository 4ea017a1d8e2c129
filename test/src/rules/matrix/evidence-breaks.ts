import { MULTIPLE_AUTHN } from "../../../support/signed-saml.ts";
import { claim, PASSWORD } from "../../../support/signed-wsfed.ts";
import type { Break, Breaks } from "./break.ts";

const REFEDS = "https://refeds.org/profile/mfa";
const PASSWORD_CLASS = "urn:oasis:names:tc:SAML:2.0:ac:classes:Password";
/** The sample of SAML 1.1 says MFA twice; here in the statement only, and there in these words. */
const CLAIM = claim("authenticationmethod", [PASSWORD, MULTIPLE_AUTHN]);
const EVERYWHERE = new RegExp(MULTIPLE_AUTHN, "g");
const says = (value: string): Break => ({ edit: [EVERYWHERE, value] });
const ofClass = (value: string): Break => ({ ...says(value), saml2: true });
const amr = (...values: readonly string[]): Break => ({ claims: { amr: values } });
const attribute = `<saml:Attribute Name="amr"><saml:AttributeValue>${MULTIPLE_AUTHN}</saml:AttributeValue></saml:Attribute>`;
/** The attribute `amr` of a SAML sample whose class is a password. */
const listed = (...values: readonly string[]): Break => {
  const inside = values.map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`).join("");
  return {
    edit: [
      new RegExp(`${MULTIPLE_AUTHN}(.*)</saml:AttributeStatement>`),
      `${PASSWORD_CLASS}$1<saml:Attribute Name="amr">${inside}</saml:Attribute></saml:AttributeStatement>`,
    ],
  };
};
/** The claim that lists the methods of a SAML 1.1 sample whose statement is about a password. */
const claimed = (...values: readonly string[]): Break => ({
  edit: [
    new RegExp(`${CLAIM}(.*)${MULTIPLE_AUTHN}`),
    `${claim("authenticationmethod", values)}$1${PASSWORD}`,
  ],
});
const LEVEL = "urn:okta:loa:2fa:any:ifpossible";
const SECOND_STATEMENT: readonly [RegExp, string] = [
  /<saml:AuthnStatement/,
  `<saml:AuthnStatement AuthnInstant="2026-11-20T11:59:00Z"><saml:AuthnContext><saml:AuthnContextClassRef>${PASSWORD_CLASS}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AuthnStatement`,
];
const OF_2023 = { guidance: "2023-exception-only" } as const;
const OF_2026 = { guidance: "2026-integrated-claim" } as const;
const appOnly = {
  scp: undefined,
  upn: undefined,
  oid: "sp-1",
  sub: "sp-1",
  amr: undefined,
  roles: ["x"],
  idtyp: "app",
};

/** As AD FS passes it through, and the statement says password. */
const PASSED_THROUGH: Break = {
  edit: [
    /<saml:Attribute AttributeName="authenticationmethod"[\s\S]*AuthenticationMethod="[^"]*"/,
    `${claim("authnmethodsreferences", [MULTIPLE_AUTHN], "http://schemas.microsoft.com/claims")}</saml:AttributeStatement><saml:AuthenticationStatement AuthenticationMethod="${PASSWORD}"`,
  ],
};

/** How to break each requirement of what a message says about MFA. */
export const EVIDENCE_BREAKS: Readonly<Record<string, Breaks>> = {
  "It says that somebody signed in": {
    saml: [{ edit: [/<saml:AuthnStatement[\s\S]*<\/saml:AuthnStatement>/, ""] }],
  },
  "It says how the user signed in, in a form that readers agree on": {
    oidc: [{ claims: { amr: undefined } }, { claims: { amr: "mfa" } }],
    "partner-api": [{ claims: { amr: undefined } }, { claims: { amr: "mfa" } }],
    eam: [
      { claims: { amr: undefined } },
      { claims: { amr: "otp" } },
      { claims: { acr: undefined } },
      { claims: { acr: ["possession"] } },
    ],
  },
  "It says MFA where and as its reader reads it": {
    oidc: [amr("pwd", "otp")],
    "partner-api": [amr("pwd", "otp")],
    saml: [says(PASSWORD_CLASS)],
    wsfed: [says(PASSWORD), ofClass(PASSWORD_CLASS), PASSED_THROUGH],
    eam: [amr("otp", "sms"), amr("mfa")],
  },
  "It answers what was asked for": {
    eam: [
      { claims: { acr: "possession" } },
      { policy: { eam: { acrValues: ["possessionorinherence"], amrValues: ["fido"] } } },
      { claims: { acr: "inherence" }, policy: { eam: { acrValues: ["inherence"] } } },
    ],
  },
  "Nothing in it only looks like MFA": {
    oidc: [amr("pwd", "MFA")],
    "partner-api": [amr("pwd", "MFA")],
    saml: [says(MULTIPLE_AUTHN.toUpperCase())],
    wsfed: [says(MULTIPLE_AUTHN.toUpperCase()), ofClass(MULTIPLE_AUTHN.toUpperCase())],
  },
  "MFA that was done is stated where it is seen": {
    oidc: [amr("pwd", "otp"), { claims: { amr: ["pwd"], acr: REFEDS } }],
    "partner-api": [amr("pwd", "otp")],
    saml: [
      listed("pwd", "otp"),
      {
        edit: [
          new RegExp(`${MULTIPLE_AUTHN}(.*)</saml:AttributeStatement>`),
          `${PASSWORD_CLASS}$1${attribute}</saml:AttributeStatement>`,
        ],
      },
    ],
    wsfed: [
      claimed("pwd", "otp"),
      {
        edit: [
          new RegExp(`${CLAIM}(.*)${MULTIPLE_AUTHN}`),
          `${claim("authenticationmethod", [MULTIPLE_AUTHN], "")}$1${PASSWORD}`,
        ],
      },
    ],
  },
  "MFA is stated in the words of its reader": {
    oidc: [amr("pwd", "mfa", "okta_verify"), { claims: { amr: ["pwd"], acr: LEVEL } }],
    "partner-api": [amr("pwd", "mfa", "okta_verify")],
    saml: [says(REFEDS), says(LEVEL), listed("pwd", "okta_verify")],
    wsfed: [says(REFEDS), ofClass(REFEDS), says(LEVEL), ofClass(LEVEL), claimed("pwd", "okta_verify")],
  },
  "What is stated is no constant": {
    oidc: [amr("otp", "sms", "mfa"), { claims: { acr: "0" } }],
    "partner-api": [amr("otp", "rsa", "mfa"), { claims: { acr: "0" } }],
    saml: [
      {
        edit: [
          new RegExp(`${MULTIPLE_AUTHN}(.*)</saml:AttributeStatement>`),
          `${PASSWORD_CLASS}$1${attribute}</saml:AttributeStatement>`,
        ],
        policy: {
          mfa: {
            amrValues: [],
            classRefs: [],
            attributes: [{ name: "amr", nameFormats: [null] }],
            attributeValues: [MULTIPLE_AUTHN],
          },
        },
      },
    ],
    wsfed: [
      {
        edit: [
          new RegExp(`${CLAIM}(.*)${MULTIPLE_AUTHN}`),
          `${claim("authenticationmethod", [MULTIPLE_AUTHN])}$1${PASSWORD}`,
        ],
      },
    ],
  },
  "Its parts agree about MFA": {
    oidc: [amr("pwd", "pwd", "mfa")],
    "partner-api": [amr("pwd", "pwd", "mfa")],
    saml: [{ edit: SECOND_STATEMENT }],
    wsfed: [{ edit: SECOND_STATEMENT, saml2: true }],
  },
  "MFA of a third party counts under the guidance in force": {
    "partner-api": [
      { ...amr("fed", "mfa"), policy: OF_2023 },
      { ...amr("fed", "mfa"), policy: OF_2026 },
    ],
    saml: [{ policy: OF_2023 }],
    wsfed: [{ policy: OF_2023 }, { policy: OF_2023, saml2: true }],
  },
  "Where no user is, none is asked for": {
    "partner-api": [
      { claims: appOnly },
      { claims: { ...appOnly, appid: "vendor-1" }, policy: { vendorApps: ["vendor-1"] } },
    ],
  },
};
