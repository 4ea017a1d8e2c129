import { describe, expect, test } from "vitest";
import type { Policy } from "../../../../src/policy.ts";
import { MULTIPLE_AUTHN } from "../../../support/signed-saml.ts";
import { idsOf, type Edit } from "./cases.ts";

const CLASS_REF = `<saml:AuthnContextClassRef>${MULTIPLE_AUTHN}</saml:AuthnContextClassRef>`;
const BASIC = "urn:oasis:names:tc:SAML:2.0:attrname-format:basic";
const REFEDS = "https://refeds.org/profile/mfa";

function classRef(value: string): Pick<Edit, "from" | "to"> {
  return { from: CLASS_REF, to: value === "" ? "" : CLASS_REF.replace(MULTIPLE_AUTHN, value) };
}

function attribute(name: string, value: string, nameFormat = ""): string {
  return `<saml:Attribute Name="${name}"${nameFormat}><saml:AttributeValue>${value}</saml:AttributeValue></saml:Attribute>`;
}

/** Puts an attribute in the place of the only one, and another class into the class reference. */
function withAttribute(text: string): Pick<Edit, "from" | "to"> {
  return {
    from: /<saml:AuthnContextClassRef>[\s\S]*<saml:Attribute Name="mail"[\s\S]*?<\/saml:Attribute>/,
    to: `<saml:AuthnContextClassRef>urn:x</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>${text}`,
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
  const LOOKALIKE = ["saml.mfa.absent", "saml.mfa.lookalike"];
  test.each<Edit>([
    { name: "other class", ...classRef("urn:oasis:names:tc:SAML:2.0:ac:classes:Password"), ids: ABSENT },
    { name: "no class", ...classRef(""), ids: ABSENT },
    { name: "REFEDS to a reader of Microsoft's", ...classRef(REFEDS), ids: ABSENT },
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
