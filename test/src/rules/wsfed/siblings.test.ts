import { describe, expect, test } from "vitest";
import { ISSUER, sampleAssertion, signSaml } from "../../../support/signed-saml.ts";
import { answerAround, REALM, WSFED_ISSUER } from "../../../support/signed-wsfed.ts";
import { idsOf, judged, key, type Edit } from "./findings.ts";

// What holds for a SAML 2.0 assertion in a Response holds for one in an answer of WS-Federation as well.

const IDENTIFIER = /<saml:NameIdentifier[^>]*>[^<]*<\/saml:NameIdentifier>/g;
const NOBODY = ["wsfed.subject.absent"];
const issued = (time: string) => ({ from: /IssueInstant="[^"]*/, to: `IssueInstant="${time}` });

describe("SAML 1.1", () => {
  const elsewhere = { audiences: ["urn:other"] };
  test.each<Edit>([
    { name: "issued in 60 s", ...issued("2026-11-20T12:01:00Z"), ids: [] },
    { name: "issued in 61 s", ...issued("2026-11-20T12:01:01Z"), ids: ["wsfed.time.issued-in-future"] },
    { name: "nobody is named to Entra, whatever a claim says", from: IDENTIFIER, to: "", ids: NOBODY },
    {
      name: "white space is nobody",
      from: />aW1tdXRhYmxl</g,
      to: "> <",
      ids: NOBODY,
    },
    {
      name: "a claim names the user to another reader, as AD FS does",
      from: IDENTIFIER,
      to: "",
      changes: elsewhere,
      ids: ["wsfed.audience.mismatch"],
    },
    {
      name: "no claim names the user to another reader",
      from: /<saml:NameIdentifier[^>]*>[^<]*<\/saml:NameIdentifier>|alice@partner.example/g,
      to: "",
      changes: elsewhere,
      ids: ["wsfed.audience.mismatch", ...NOBODY],
    },
    {
      name: "DoNotCacheCondition twice counts as once",
      from: "<saml:AudienceRestrictionCondition>",
      to: "<saml:DoNotCacheCondition/><saml:DoNotCacheCondition/><saml:AudienceRestrictionCondition>",
      ids: [],
    },
    {
      name: "a second statement says password",
      from: /(<saml:AuthenticationStatement.*)(<\/saml:Assertion>)/,
      to: '$1<saml:AuthenticationStatement AuthenticationMethod="urn:oasis:names:tc:SAML:1.0:am:password" AuthenticationInstant="2026-11-20T11:59:00Z"><saml:Subject><saml:NameIdentifier>aW1tdXRhYmxl</saml:NameIdentifier></saml:Subject></saml:AuthenticationStatement>$2',
      ids: ["wsfed.authn-statement.contradictory"],
    },
  ])("$name → $ids", async (each) => {
    expect(await idsOf(each)).toEqual(each.ids);
  });
});

describe("SAML 2.0", () => {
  const token = sampleAssertion().replace(ISSUER, WSFED_ISSUER).replace("https://sp.example/metadata", REALM);
  const used = { replay: { has: () => false } };
  const once = "<saml:OneTimeUse/>";
  const end = "</saml:Conditions>";
  const encrypted = "<saml:EncryptedAttribute/></saml:AttributeStatement>";
  test.each<Edit>([
    { name: "the sample", from: "", to: "", ids: [] },
    { name: "one use, uncounted", from: end, to: `${once}${end}`, ids: ["wsfed.one-time-use.untracked"] },
    { name: "one use, counted", from: end, to: `${once}${end}`, changes: used, ids: [] },
    {
      name: "one use, twice",
      from: end,
      to: `${once}${once}${end}`,
      changes: used,
      ids: ["wsfed.condition.repeated"],
    },
    {
      name: "an encrypted attribute",
      from: "</saml:AttributeStatement>",
      to: encrypted,
      ids: ["wsfed.token.partly-encrypted"],
    },
    { name: "nobody is named", from: /<saml:NameID .*<\/saml:NameID>/, to: "", ids: NOBODY },
    { name: "no subject", from: /<saml:Subject>.*<\/saml:Subject>/, to: "", ids: NOBODY },
    {
      name: "an encrypted name",
      from: /<saml:NameID .*<\/saml:NameID>/,
      to: "<saml:EncryptedID/>",
      ids: ["wsfed.token.partly-encrypted"],
    },
    {
      name: "an issuer that is no entity",
      from: "<saml:Issuer>",
      to: '<saml:Issuer Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">',
      ids: ["wsfed.issuer.mismatch"],
    },
    {
      name: "a session that is over",
      from: "2026-11-20T20:00:00Z",
      to: "2026-11-20T11:59:00Z",
      ids: ["wsfed.time.expired"],
    },
    {
      name: "a session end that cannot be read",
      from: "2026-11-20T20:00:00Z",
      to: "x",
      ids: ["wsfed.time.malformed"],
    },
    { name: "no AuthnInstant", from: / AuthnInstant="[^"]*"/, to: "", ids: ["wsfed.time.malformed"] },
    {
      name: "two classes in one context",
      from: /(<saml:AuthnContextClassRef>.*<\/saml:AuthnContextClassRef>)/,
      to: "$1<saml:AuthnContextClassRef>x</saml:AuthnContextClassRef>",
      ids: ["wsfed.mfa.lookalike"],
    },
  ])("$name → $ids", async ({ from, to, changes, ids }) => {
    const edited = token.replace(from, to);
    expect(edited === token).toBe(from === "");
    expect((await judged(signSaml(answerAround(edited), "Assertion", key), changes)).ids).toEqual(ids);
  });
});
