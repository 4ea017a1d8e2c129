import { expect, test } from "vitest";
import {
  checkSamlDemands,
  readSamlAskedFor,
  type SamlDemands,
  type StatedSignIn,
} from "../../../../harness/partner/service-provider/demands.ts";

const NOW = 1_800_000_000;
const PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";
const CARD = "urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI";
const MFA = "http://schemas.microsoft.com/claims/multipleauthn";
const EMAIL = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
const UNSPECIFIED = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";
const OTHER = "urn:example:class";

function takes(demands: Partial<SamlDemands>, stated: Partial<StatedSignIn>): boolean {
  const whole = { classes: [], comparison: "exact", forceAuthn: false, at: NOW, ...demands } as const;
  try {
    checkSamlDemands(whole, { classRef: MFA, authenticatedAt: NOW, ...stated });
    return true;
  } catch {
    return false;
  }
}

// SAML core §3.3.2.2.1
test.each([
  { comparison: "exact", classes: [MFA, PASSWORD], stated: PASSWORD, taken: true },
  { comparison: "exact", classes: [CARD], stated: MFA, taken: false },
  { comparison: "exact", classes: [OTHER], stated: OTHER, taken: true },
  { comparison: "minimum", classes: [PASSWORD], stated: MFA, taken: true },
  { comparison: "minimum", classes: [CARD], stated: MFA, taken: true },
  { comparison: "minimum", classes: [MFA], stated: PASSWORD, taken: false },
  { comparison: "better", classes: [PASSWORD], stated: MFA, taken: true },
  { comparison: "better", classes: [MFA], stated: MFA, taken: false },
  { comparison: "better", classes: [PASSWORD, CARD], stated: MFA, taken: false },
  { comparison: "maximum", classes: [MFA], stated: PASSWORD, taken: true },
  { comparison: "maximum", classes: [PASSWORD], stated: MFA, taken: false },
  { comparison: "minimum", classes: [OTHER], stated: OTHER, taken: false },
  { comparison: "minimum", classes: [PASSWORD], stated: OTHER, taken: false },
  { comparison: "exact", classes: [MFA], stated: undefined, taken: false },
  { comparison: "exact", classes: [], stated: undefined, taken: true },
] as const)("$comparison $classes, $stated: $taken", ({ comparison, classes, stated, taken }) => {
  expect(takes({ comparison, classes }, { classRef: stated })).toBe(taken);
});

test.each([
  { forceAuthn: true, authenticatedAt: NOW - 60, taken: true },
  { forceAuthn: true, authenticatedAt: NOW - 61, taken: false },
  { forceAuthn: true, authenticatedAt: undefined, taken: false },
  { forceAuthn: false, authenticatedAt: undefined, taken: true },
])(
  "ForceAuthn $forceAuthn, signed in at $authenticatedAt: $taken",
  ({ forceAuthn, authenticatedAt, taken }) => {
    expect(takes({ forceAuthn }, { authenticatedAt })).toBe(taken);
  },
);

// SAML core §3.4.1.1, §3.4.1.4
test.each([
  { demands: { nameIdFormat: EMAIL }, stated: { nameIdFormat: EMAIL }, taken: true },
  { demands: { nameIdFormat: EMAIL }, stated: { nameIdFormat: "urn:other" }, taken: false },
  { demands: { nameIdFormat: EMAIL }, stated: {}, taken: false },
  { demands: { nameIdFormat: UNSPECIFIED }, stated: { nameIdFormat: EMAIL }, taken: true },
  { demands: {}, stated: { nameId: "ann", nameIdFormat: EMAIL }, taken: true },
  { demands: { subject: "ann" }, stated: { nameId: "ann" }, taken: true },
  { demands: { subject: "ann" }, stated: { nameId: "bob" }, taken: false },
  { demands: { subject: "ann" }, stated: {}, taken: false },
])("demanded $demands, stated $stated: $taken", ({ demands, stated, taken }) => {
  expect(takes(demands, stated)).toBe(taken);
});

test.each([
  { query: "", read: undefined },
  {
    query: `nameIdFormat=${EMAIL}&subject=ann`,
    read: {
      config: {
        disableRequestedAuthnContext: true,
        forceAuthn: false,
        passive: false,
        identifierFormat: EMAIL,
      },
      demands: {
        classes: [],
        comparison: "exact",
        forceAuthn: false,
        nameIdFormat: EMAIL,
        subject: "ann",
        at: NOW,
      },
    },
  },
  { query: "comparison=better", read: undefined },
  {
    query: `class=${MFA}&class=${CARD}&comparison=minimum`,
    read: {
      config: { authnContext: [MFA, CARD], racComparison: "minimum", forceAuthn: false, passive: false },
      demands: { classes: [MFA, CARD], comparison: "minimum", forceAuthn: false, at: NOW },
    },
  },
  {
    query: "forceAuthn=true&isPassive=true&comparison=nonsense",
    read: {
      config: { disableRequestedAuthnContext: true, forceAuthn: true, passive: true },
      demands: { classes: [], comparison: "exact", forceAuthn: true, at: NOW },
    },
  },
])("$query is read", ({ query, read }) => {
  expect(readSamlAskedFor(new URLSearchParams(query), NOW)).toEqual(read);
});
