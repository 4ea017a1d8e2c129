import { describe, expect, test } from "vitest";
import type { Policy } from "../../../../src/policy.ts";
import { MULTIPLE_AUTHN } from "../../../support/signed-saml.ts";
import { idsOf, type Edit } from "./cases.ts";

const CLASS_REF = `<saml:AuthnContextClassRef>${MULTIPLE_AUTHN}</saml:AuthnContextClassRef>`;
const BASIC = "urn:oasis:names:tc:SAML:2.0:attrname-format:basic";
const REFEDS = "https://refeds.org/profile/mfa";
const PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";
const PASSWORD_STATEMENT = `<saml:AuthnStatement AuthnInstant="2026-11-20T11:59:00Z"><saml:AuthnContext><saml:AuthnContextClassRef>${PASSWORD}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`;

function classRef(value: string): Pick<Edit, "from" | "to"> {
  return { from: CLASS_REF, to: value === "" ? "" : CLASS_REF.replace(MULTIPLE_AUTHN, value) };
}

function attribute(name: string, value: string, nameFormat = ""): string {
  return `<saml:Attribute Name="${name}"${nameFormat}><saml:AttributeValue>${value}</saml:AttributeValue></saml:Attribute>`;
}

function attributeOf(name: string, ...values: readonly string[]): string {
  const inside = values.map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`).join("");
  return `<saml:Attribute Name="${name}">${inside}</saml:Attribute>`;
}

/** Puts an attribute in the place of the only one, and another class into the class reference. */
function withAttribute(text: string, classRefValue = "urn:x"): Pick<Edit, "from" | "to"> {
  return {
    from: /<saml:AuthnContextClassRef>[\s\S]*<saml:Attribute Name="mail"[\s\S]*?<\/saml:Attribute>/,
    to: `<saml:AuthnContextClassRef>${classRefValue}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>${text}`,
  };
}

describe("MFA: exact value, exact place", () => {
  const generic: Partial<Policy> = {
    mfa: {
      amrValues: [],
      classRefs: [],
      attributes: [{ name: "amr", nameFormats: [BASIC, null] }],
      attributeValues: ["mfa", MULTIPLE_AUTHN],
    },
  };
  const ABSENT = ["saml.mfa.absent"];
  const MISPLACED = ["saml.mfa.misplaced"];
  const OTHER = ["saml.mfa.absent", "saml.mfa.other-vocabulary"];
  const refeds: Partial<Policy> = {
    mfa: { amrValues: [], classRefs: [REFEDS], attributes: [], attributeValues: [] },
  };
  const LOOKALIKE = ["saml.mfa.absent", "saml.mfa.lookalike"];
  test.each<Edit>([
    { name: "other class", ...classRef("urn:oasis:names:tc:SAML:2.0:ac:classes:Password"), ids: ABSENT },
    { name: "no class", ...classRef(""), ids: ABSENT },
    { name: "REFEDS to a reader of Microsoft's", ...classRef(REFEDS), ids: OTHER },
    {
      name: "a standard class of two factors",
      ...classRef("urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract"),
      ids: OTHER,
    },
    { name: "Microsoft's to a reader of REFEDS", from: "", to: "", changes: refeds, ids: OTHER },
    {
      name: "MFA where it is read, and once more where it is not",
      ...withAttribute(attribute("amr", MULTIPLE_AUTHN), MULTIPLE_AUTHN),
      ids: [],
    },
    ...[
      "http://idmanagement.gov/ns/assurance/aal/3",
      "http://eidas.europa.eu/LoA/high",
      "HTTP://refeds.org/profile/mfa",
      "http://schemas.openid.net/pape/policies/2007/06/multi-factor",
      "mfa",
    ].map((value) => ({ name: `MFA in other words: ${value}`, ...classRef(value), ids: OTHER })),
    ...["loa3", "urn:example:ac:classes:2fa", "phrh"].map((value) => ({
      name: `a level: ${value}`,
      ...classRef(value),
      ids: ["saml.mfa.absent", "saml.mfa.level-unread"],
    })),
    {
      name: "another spelling of the reader's own value",
      ...classRef(REFEDS.replace("https", "http")),
      changes: refeds,
      ids: LOOKALIKE,
    },
    {
      name: "a declaration instead of a class",
      from: CLASS_REF,
      to: CLASS_REF.replaceAll("ClassRef", "DeclRef"),
      ids: MISPLACED,
    },
    {
      name: "a declaration beside the class",
      from: CLASS_REF,
      to: `${CLASS_REF}${CLASS_REF.replaceAll("ClassRef", "DeclRef")}`,
      ids: [],
    },
    {
      name: "two factors and no word for MFA",
      ...withAttribute(attributeOf("amr", "pwd", "totp")),
      changes: generic,
      ids: ["saml.mfa.absent", "saml.amr.two-factors-without-mfa", "saml.amr.vendor-value"],
    },
    {
      name: "two factors as AD FS names them",
      ...withAttribute(
        attributeOf(
          "http://schemas.microsoft.com/claims/authnmethodsreferences",
          PASSWORD,
          "http://schemas.microsoft.com/ws/2012/12/authmethod/smsotp",
        ),
      ),
      ids: ["saml.mfa.absent", "saml.amr.two-factors-without-mfa"],
    },
    {
      name: "words of a product beside MFA",
      ...withAttribute(attributeOf("amr", "mfa", "okta_verify")),
      changes: generic,
      ids: ["saml.amr.vendor-value"],
    },
    {
      name: "an expression as class",
      ...classRef("${session.amr}"),
      ids: ["saml.mfa.absent", "saml.amr.vendor-value"],
    },
    {
      name: "an expression as value",
      ...withAttribute(attribute("amr", "user.amr")),
      changes: generic,
      ids: ["saml.mfa.absent", "saml.amr.vendor-value"],
    },
    {
      name: "two statements that agree",
      from: /<saml:AuthnStatement[\s\S]*<\/saml:AuthnStatement>/,
      to: "$&$&",
      ids: [],
    },
    {
      name: "two statements, one without MFA",
      from: "<saml:AuthnStatement ",
      to: `${PASSWORD_STATEMENT}<saml:AuthnStatement `,
      ids: ["saml.authn-statement.contradictory"],
    },
    {
      name: "two statements, none with MFA",
      from: /<saml:AuthnStatement[\s\S]*<\/saml:AuthnStatement>/,
      to: PASSWORD_STATEMENT.repeat(2),
      ids: ABSENT,
    },
    {
      name: "a constant in an attribute, over a password",
      ...withAttribute(attribute("amr", MULTIPLE_AUTHN), PASSWORD),
      changes: generic,
      ids: ["saml.mfa.contradicted"],
    },
    {
      name: "a constant in an attribute that is not read",
      ...withAttribute(attribute("amr", MULTIPLE_AUTHN), PASSWORD),
      ids: MISPLACED,
    },
    {
      name: "MFA beside the password, over a password",
      ...withAttribute(
        `<saml:Attribute Name="amr"><saml:AttributeValue>${PASSWORD}</saml:AttributeValue><saml:AttributeValue>${MULTIPLE_AUTHN}</saml:AttributeValue></saml:Attribute>`,
        PASSWORD,
      ),
      changes: generic,
      ids: [],
    },
    { name: "https", ...classRef(MULTIPLE_AUTHN.replace("http:", "https:")), ids: LOOKALIKE },
    { name: "case", ...classRef(MULTIPLE_AUTHN.toUpperCase()), ids: LOOKALIKE },
    { name: "white space", ...classRef(` ${MULTIPLE_AUTHN}\n`), ids: LOOKALIKE },
    { name: "comma-joined", ...classRef(`urn:x,${MULTIPLE_AUTHN}`), ids: LOOKALIKE },
    {
      name: "several classes",
      from: CLASS_REF,
      to: `<saml:AuthnContextClassRef>urn:x</saml:AuthnContextClassRef>${CLASS_REF}`,
      ids: ["saml.mfa.lookalike"],
    },
    {
      name: "class ref of another namespace",
      from: CLASS_REF,
      to: CLASS_REF.replaceAll("saml:AuthnContextClassRef", "AuthnContextClassRef"),
      ids: ABSENT,
    },
    {
      name: "attribute of the right name",
      ...withAttribute(
        attribute("http://schemas.microsoft.com/claims/authnmethodsreferences", MULTIPLE_AUTHN),
      ),
      ids: MISPLACED,
    },
    {
      name: "dead attribute",
      ...withAttribute(attribute("authenticationmethodsreferences", MULTIPLE_AUTHN)),
      ids: MISPLACED,
    },
    {
      name: "dead attribute with the dead value",
      ...withAttribute(attribute("authenticationmethodsreferences", "multipleauthn")),
      ids: MISPLACED,
    },
    {
      name: "that value in an attribute about something else",
      ...withAttribute(attribute("uid", "multipleauthn")),
      ids: ABSENT,
    },
    { name: "amr attribute", ...withAttribute(attribute("amr", "mfa")), ids: MISPLACED },
    {
      name: "the word in an attribute about something else",
      ...withAttribute(attribute("department", "mfa")),
      ids: ABSENT,
    },
    { name: "attribute read", ...withAttribute(attribute("amr", "mfa")), changes: generic, ids: [] },
    {
      name: "attribute read, NameFormat given",
      ...withAttribute(attribute("amr", "mfa", ` NameFormat="${BASIC}"`)),
      changes: generic,
      ids: [],
    },
    {
      name: "attribute of another NameFormat",
      ...withAttribute(attribute("amr", "mfa", ' NameFormat="urn:x"')),
      changes: generic,
      ids: MISPLACED,
    },
    {
      name: "attribute of another case",
      ...withAttribute(attribute("AMR", "mfa")),
      changes: generic,
      ids: ABSENT,
    },
    {
      name: "FriendlyName only",
      ...withAttribute(attribute("urn:oid:1", "mfa", ' FriendlyName="amr"')),
      changes: generic,
      ids: ABSENT,
    },
    { name: "substring", ...withAttribute(attribute("amr", "notmfa")), changes: generic, ids: LOOKALIKE },
    { name: "upper case", ...withAttribute(attribute("amr", "MFA")), changes: generic, ids: LOOKALIKE },
    { name: "full width", ...withAttribute(attribute("amr", "ｍｆａ")), changes: generic, ids: LOOKALIKE },
    { name: "zero width", ...withAttribute(attribute("amr", "m\u200Bfa")), changes: generic, ids: LOOKALIKE },
    { name: "class ref to a reader of attributes", from: "", to: "", changes: generic, ids: MISPLACED },
    {
      name: "a policy that asks for no MFA",
      ...classRef(""),
      changes: { mfa: { amrValues: ["mfa"], classRefs: [], attributes: [], attributeValues: [] } },
      ids: [],
    },
  ])("$name → $ids", async (each) => {
    expect(await idsOf(each)).toEqual(each.ids);
  });
});
