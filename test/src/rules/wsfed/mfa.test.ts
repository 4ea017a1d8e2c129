import { describe, expect, test } from "vitest";
import { judgeWsFedResponse } from "../../../../src/judge.ts";
import { NOW, ISSUER, sampleAssertion, signSaml } from "../../../support/signed-saml.ts";
import {
  answerAround,
  claim,
  MULTIPLE_AUTHN,
  PASSWORD,
  REALM,
  signToken,
  WIA_OR_MULTI_AUTHN,
  WSFED_ISSUER,
  wsFedPolicy,
} from "../../../support/signed-wsfed.ts";
import { idsOf, judged, key, plain, type Edit } from "./findings.ts";

const CLAIM = claim("authenticationmethod", [PASSWORD, MULTIPLE_AUTHN]);
const LENIENT = "http://schemas.microsoft.com/claims";
const ABSENT = ["wsfed.mfa.absent"];
const MISPLACED = ["wsfed.mfa.absent", "wsfed.mfa.misplaced"];
const OTHER = ["wsfed.mfa.absent", "wsfed.mfa.other-vocabulary"];
const LOOKALIKE = ["wsfed.mfa.absent", "wsfed.mfa.lookalike"];

/** The claim and the method of the statement, each replaced. */
function stating(attribute: string, method: string): Pick<Edit, "from" | "to"> {
  const middle = plain.slice(plain.indexOf(CLAIM) + CLAIM.length, plain.lastIndexOf(MULTIPLE_AUTHN));
  return { from: `${CLAIM}${middle}${MULTIPLE_AUTHN}`, to: `${attribute}${middle}${method}` };
}

describe("MFA: exact value, either of two places", () => {
  test.each<Edit>([
    { name: "method of the statement alone", ...stating("", MULTIPLE_AUTHN), ids: [] },
    { name: "the other URI as method", ...stating("", WIA_OR_MULTI_AUTHN), ids: [] },
    { name: "claim alone", ...stating(CLAIM, PASSWORD), ids: [] },
    {
      name: "the other URI in the claim",
      ...stating(CLAIM.replace(MULTIPLE_AUTHN, WIA_OR_MULTI_AUTHN), PASSWORD),
      ids: [],
    },
    { name: "password alone", ...stating(claim("authenticationmethod", [PASSWORD]), PASSWORD), ids: ABSENT },
    { name: "no claim, password", ...stating("", PASSWORD), ids: ABSENT },
    { name: "the word of a token", ...stating(claim("authenticationmethod", ["mfa"]), "mfa"), ids: OTHER },
    { name: "REFEDS", ...stating("", "https://refeds.org/profile/mfa"), ids: OTHER },
    { name: "NIST", ...stating("", "http://idmanagement.gov/ns/assurance/aal/2"), ids: OTHER },
    { name: "a level", ...stating("", "loa3"), ids: ["wsfed.mfa.absent", "wsfed.mfa.level-unread"] },
    {
      name: "two factors and no word for MFA",
      ...stating(claim("authnmethodsreferences", [PASSWORD, "totp"], LENIENT), PASSWORD),
      ids: ["wsfed.mfa.absent", "wsfed.amr.two-factors-without-mfa", "wsfed.amr.vendor-value"],
    },
    {
      name: "an expression",
      ...stating(claim("authenticationmethod", ["{{user.amr}}"]), PASSWORD),
      ids: ["wsfed.mfa.absent", "wsfed.amr.vendor-value"],
    },
    { name: "https", ...stating("", MULTIPLE_AUTHN.replace("http:", "https:")), ids: LOOKALIKE },
    {
      name: "upper case",
      ...stating(claim("authenticationmethod", [MULTIPLE_AUTHN.toUpperCase()]), PASSWORD),
      ids: LOOKALIKE,
    },
    {
      name: "comma-joined",
      ...stating(claim("authenticationmethod", [`${PASSWORD},${MULTIPLE_AUTHN}`]), PASSWORD),
      ids: LOOKALIKE,
    },
    {
      name: "white space",
      ...stating(claim("authenticationmethod", [` ${MULTIPLE_AUTHN}`]), PASSWORD),
      ids: LOOKALIKE,
    },
    {
      name: "passed through by AD FS",
      ...stating(claim("authnmethodsreferences", [PASSWORD, MULTIPLE_AUTHN], LENIENT), PASSWORD),
      ids: ["wsfed.mfa.contested"],
    },
    {
      name: "passed through by AD FS, and said where it is read",
      ...stating(claim("authnmethodsreferences", [MULTIPLE_AUTHN], LENIENT), MULTIPLE_AUTHN),
      ids: [],
    },
    {
      name: "passed through by AD FS under a policy that reads no attribute of Entra's",
      ...stating(claim("authnmethodsreferences", [MULTIPLE_AUTHN], LENIENT), PASSWORD),
      changes: {
        mfa: { amrValues: [], classRefs: [MULTIPLE_AUTHN], attributes: [], attributeValues: [] },
      },
      ids: MISPLACED,
    },
    {
      name: "the claim of AD FS in another namespace",
      ...stating(claim("authnmethodsreferences", [MULTIPLE_AUTHN]), PASSWORD),
      ids: MISPLACED,
    },
    {
      name: "the claim of AD FS without MFA",
      ...stating(claim("authnmethodsreferences", [PASSWORD], LENIENT), PASSWORD),
      ids: ABSENT,
    },
    {
      name: "name of the guidance",
      ...stating(claim("authenticationmethodsreferences", ["multipleauthn"], LENIENT), PASSWORD),
      ids: MISPLACED,
    },
    {
      name: "the claim without its namespace",
      ...stating(claim("authenticationmethod", [MULTIPLE_AUTHN], ""), PASSWORD),
      ids: MISPLACED,
    },
    {
      name: "the claim in another namespace",
      ...stating(claim("authenticationmethod", [MULTIPLE_AUTHN], LENIENT), PASSWORD),
      ids: MISPLACED,
    },
    {
      name: "the word in a claim about something else",
      ...stating(claim("department", ["mfa"]), PASSWORD),
      ids: ABSENT,
    },
    {
      name: "a constant over a password",
      ...stating(claim("authenticationmethod", [MULTIPLE_AUTHN]), PASSWORD),
      ids: ["wsfed.mfa.contradicted"],
    },
    {
      name: "sole MFA in both places",
      ...stating(claim("authenticationmethod", [MULTIPLE_AUTHN]), MULTIPLE_AUTHN),
      ids: [],
    },
    {
      name: "a lenient reader",
      ...stating(claim("authnmethodsreferences", [PASSWORD, MULTIPLE_AUTHN], LENIENT), PASSWORD),
      changes: {
        mfa: {
          ...wsFedPolicy([]).mfa,
          attributes: [{ name: "authnmethodsreferences", nameFormats: [LENIENT] }],
        },
      },
      ids: [],
    },
    {
      name: "a policy that asks for no MFA",
      ...stating("", PASSWORD),
      changes: { mfa: { amrValues: ["mfa"], classRefs: [], attributes: [], attributeValues: [] } },
      ids: [],
    },
  ])("$name → $ids", async (each) => {
    expect(await idsOf(each)).toEqual(each.ids);
  });
});

function token(classRef: string, attribute = ""): string {
  return sampleAssertion()
    .replace(ISSUER, WSFED_ISSUER)
    .replace("https://sp.example/metadata", REALM)
    .replace(MULTIPLE_AUTHN, classRef)
    .replace("</saml:AttributeStatement>", `${attribute}</saml:AttributeStatement>`);
}

describe("in a SAML 2.0 token only the class counts, and only the one URI", () => {
  const name = "http://schemas.microsoft.com/ws/2008/06/identity/claims/authenticationmethod";
  const attribute = `<saml:Attribute Name="${name}"><saml:AttributeValue>${MULTIPLE_AUTHN}</saml:AttributeValue></saml:Attribute>`;
  test.each([
    { what: MULTIPLE_AUTHN, xml: token(MULTIPLE_AUTHN), ids: [] },
    { what: "the URI for SAML 1.1", xml: token(WIA_OR_MULTI_AUTHN), ids: OTHER },
    {
      what: "an attribute, even to a reader of such a name",
      xml: token(PASSWORD, attribute),
      changes: { mfa: { ...wsFedPolicy([]).mfa, attributes: [{ name, nameFormats: [null] }] } },
      ids: MISPLACED,
    },
    { what: "an attribute", xml: token(PASSWORD, attribute), ids: MISPLACED },
    {
      what: "another Recipient",
      xml: token(MULTIPLE_AUTHN),
      changes: { assertionConsumerService: "https://other.example" },
      ids: ["wsfed.recipient.mismatch"],
    },
    {
      what: "our Recipient",
      xml: token(MULTIPLE_AUTHN),
      changes: { assertionConsumerService: "https://sp.example/acs" },
      ids: [],
    },
  ])("$what → $ids", async ({ xml, changes, ids }) => {
    expect((await judged(signSaml(answerAround(xml), "Assertion", key), changes)).ids).toEqual(ids);
  });
});

// SAML core §2.4.1.2: a confirmation has a validity of its own.
describe("the confirmation of a SAML 2.0 token has its own time", () => {
  const end = 'NotOnOrAfter="2026-11-20T12:05:00Z"';
  test.each([
    { to: 'NotOnOrAfter="2026-11-20T11:59:01Z"', ids: [] },
    { to: 'NotOnOrAfter="2026-11-20T11:59:00Z"', ids: ["wsfed.time.expired"] },
    { to: 'NotOnOrAfter="soon"', ids: ["wsfed.time.malformed"] },
    { to: `NotBefore="2026-11-20T12:01:00Z" ${end}`, ids: [] },
    { to: `NotBefore="2026-11-20T12:01:01Z" ${end}`, ids: ["wsfed.time.not-yet-valid"] },
  ])("$to → $ids", async ({ to, ids }) => {
    const xml = token(MULTIPLE_AUTHN).replace(`ConfirmationData ${end}`, `ConfirmationData ${to}`);
    expect(xml).toContain(to);
    expect((await judged(signSaml(answerAround(xml), "Assertion", key))).ids).toEqual(ids);
  });
});

test.each([
  {
    name: "invisible",
    place: stating(claim("authnmethodsreferences", [MULTIPLE_AUTHN]), PASSWORD),
    visibility: "challenged-but-invisible",
  },
  {
    name: "constant",
    place: stating(claim("authenticationmethod", [MULTIPLE_AUTHN]), PASSWORD),
    visibility: "visible-but-never-challenged",
  },
])("$name → $visibility", async ({ place, visibility }) => {
  const xml = signToken(plain.replace(place.from, place.to), key);
  expect((await judgeWsFedResponse(xml, wsFedPolicy([key]), NOW)).visibility).toBe(visibility);
});
