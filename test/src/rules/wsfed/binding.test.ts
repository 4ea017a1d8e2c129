import { describe, expect, test } from "vitest";
import { judgeWsFedResponse } from "../../../../src/judge.ts";
import type { Policy } from "../../../../src/policy.ts";
import { answerAround, REALM, signToken, WSFED_ISSUER, wsFedPolicy } from "../../../support/signed-wsfed.ts";
import { ISSUER, NOW, rsaKey, sampleAssertion, signSaml } from "../../../support/signed-saml.ts";
import { idsOf, judged, key, plain, type Edit } from "./findings.ts";

const EXPIRED = ["wsfed.time.expired"];
const EARLY = ["wsfed.time.not-yet-valid"];
const MALFORMED = ["wsfed.time.malformed"];
const AMBIGUOUS = ["wsfed.subject.ambiguous"];
const NAME = "<saml:NameIdentifier";
const AUDIENCE = "<saml:AudienceRestrictionCondition>";

function conditions(name: string, time: string): Pick<Edit, "from" | "to"> {
  return { from: new RegExp(`(<saml:Conditions[^>]*${name}=")[^"]*`), to: `$1${time}` };
}

function method(value: string): Pick<Edit, "from" | "to"> {
  return { from: /cm:bearer/g, to: value };
}

function besideBearer(value: string): Pick<Edit, "from" | "to"> {
  const written = `<saml:ConfirmationMethod>${value}</saml:ConfirmationMethod>`;
  return { from: /<saml:ConfirmationMethod>/g, to: `${written}<saml:ConfirmationMethod>` };
}

function instantClaim(time: string): Pick<Edit, "from" | "to"> {
  const attribute = `<saml:Attribute AttributeName="authenticationinstant" AttributeNamespace="http://schemas.microsoft.com/ws/2008/06/identity/claims"><saml:AttributeValue>${time}</saml:AttributeValue></saml:Attribute>`;
  return { from: "</saml:AttributeStatement>", to: `${attribute}</saml:AttributeStatement>` };
}

function replay(used: string): Pick<Policy, "replay"> {
  return { replay: { has: (each) => each === used } };
}

describe("who, for whom, when", () => {
  const fresh = { maxAuthAgeSeconds: 600 };
  test.each<Edit>([
    { name: "the sample", from: "", to: "", ids: [] },
    {
      name: "ends before it begins",
      from: /NotBefore="[^"]*" NotOnOrAfter="[^"]*"/,
      to: 'NotBefore="2026-11-20T12:00:30Z" NotOnOrAfter="2026-11-20T12:00:00Z"',
      ids: ["wsfed.time.never-valid"],
    },
    {
      name: "ends soon after it begins",
      from: /NotBefore="[^"]*" NotOnOrAfter="[^"]*"/,
      to: 'NotBefore="2026-11-20T11:59:30Z" NotOnOrAfter="2026-11-20T12:00:00Z"',
      ids: [],
    },
    { name: "SAML 1.0", from: 'MinorVersion="1"', to: 'MinorVersion="0"', ids: ["wsfed.version.wrong"] },
    { name: "no version", from: 'MajorVersion="1" ', to: "", ids: ["wsfed.version.wrong"] },
    {
      name: "issuer of another domain",
      from: WSFED_ISSUER,
      to: "http://idp.example/trust/",
      ids: ["wsfed.issuer.mismatch"],
    },
    { name: "no issuer", from: ` Issuer="${WSFED_ISSUER}"`, to: "", ids: ["wsfed.issuer.mismatch"] },
    {
      name: "no issuer when only keys are known",
      from: ` Issuer="${WSFED_ISSUER}"`,
      to: "",
      changes: { issuers: [{ jwks: { keys: [key.jwk] } }] },
      ids: ["wsfed.issuer.mismatch"],
    },
    {
      name: "another issuer when only keys are known",
      from: WSFED_ISSUER,
      to: "http://other.example",
      changes: { issuers: [{ jwks: { keys: [key.jwk, rsaKey().jwk] } }] },
      ids: [],
    },
    { name: "another realm", from: `>${REALM}<`, to: ">urn:other<", ids: ["wsfed.audience.mismatch"] },
    { name: "realm as a prefix", from: `>${REALM}<`, to: `>${REALM}:x<`, ids: ["wsfed.audience.mismatch"] },
    {
      name: "one of several audiences",
      from: AUDIENCE,
      to: `${AUDIENCE}<saml:Audience>urn:other</saml:Audience>`,
      ids: [],
    },
    {
      name: "second restriction",
      from: AUDIENCE,
      to: `${AUDIENCE}<saml:Audience>urn:other</saml:Audience></saml:AudienceRestrictionCondition>${AUDIENCE}`,
      ids: ["wsfed.audience.mismatch"],
    },
    {
      name: "no restriction",
      from: /<saml:AudienceRestrictionCondition>.*<\/saml:AudienceRestrictionCondition>/,
      to: "",
      ids: ["wsfed.audience.absent"],
    },
    { name: "known condition", from: AUDIENCE, to: `<saml:DoNotCacheCondition/>${AUDIENCE}`, ids: [] },
    {
      name: "unknown condition",
      from: AUDIENCE,
      to: `<saml:Condition/>${AUDIENCE}`,
      ids: ["wsfed.condition.unknown"],
    },
    {
      name: "condition of SAML 2.0",
      from: AUDIENCE,
      to: `<x:OneTimeUse xmlns:x='urn:oasis:names:tc:SAML:2.0:assertion'/>${AUDIENCE}`,
      ids: ["wsfed.condition.unknown"],
    },
    { name: "holder of key", ...method("cm:holder-of-key"), ids: ["wsfed.confirmation.not-bearer"] },
    { name: "sender vouches", ...method("cm:sender-vouches"), ids: ["wsfed.confirmation.not-bearer"] },
    {
      name: "no confirmation",
      from: /<saml:SubjectConfirmation>.*?<\/saml:SubjectConfirmation>/g,
      to: "",
      ids: [],
    },
    { name: "two subjects", from: "aW1tdXRhYmxl", to: "bWFsbG9yeQ", ids: AMBIGUOUS },
    {
      name: "holder of key for the statement that says MFA",
      from: /cm:bearer(?!.*cm:bearer)/,
      to: "cm:holder-of-key",
      ids: ["wsfed.confirmation.not-bearer"],
    },
    { name: "bearer among several methods", ...besideBearer("cm:holder-of-key"), ids: [] },
    { name: "NameQualifier in one statement", from: NAME, to: `${NAME} NameQualifier="b"`, ids: AMBIGUOUS },
    {
      name: "the same NameQualifier in both",
      from: new RegExp(NAME, "g"),
      to: `${NAME} NameQualifier="b"`,
      ids: [],
    },
    {
      name: "another Format in one statement",
      from: `${NAME} Format="urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"`,
      to: `${NAME} Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"`,
      ids: AMBIGUOUS,
    },
    {
      name: "no Format in one statement, which is the unspecified one",
      from: `${NAME} Format="urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"`,
      to: NAME,
      ids: [],
    },
    {
      name: "one statement names nobody",
      from: /<saml:NameIdentifier[^>]*>[^<]*<\/saml:NameIdentifier>/,
      to: "",
      ids: AMBIGUOUS,
    },
    {
      name: "replayed",
      from: "",
      to: "",
      changes: replay(`${WSFED_ISSUER} _assertion-1`),
      ids: ["wsfed.token.replayed"],
    },
    {
      name: "another issuer's replay",
      from: "",
      to: "",
      changes: replay("http://other.example _assertion-1"),
      ids: [],
    },
    { name: "conditions end 59 s ago", ...conditions("NotOnOrAfter", "2026-11-20T11:59:01Z"), ids: [] },
    { name: "conditions end 60 s ago", ...conditions("NotOnOrAfter", "2026-11-20T11:59:00Z"), ids: EXPIRED },
    { name: "conditions begin in 60 s", ...conditions("NotBefore", "2026-11-20T12:01:00Z"), ids: [] },
    { name: "conditions begin in 61 s", ...conditions("NotBefore", "2026-11-20T12:01:01Z"), ids: EARLY },
    { name: "unreadable time", ...conditions("NotBefore", "2026-11-20"), ids: MALFORMED },
    { name: "no IssueInstant", from: / IssueInstant="[^"]*"/, to: "", ids: MALFORMED },
    {
      name: "unreadable instant",
      from: /AuthenticationInstant="[^"]*/,
      to: 'AuthenticationInstant="soon',
      ids: MALFORMED,
    },
    {
      name: "signed in 61 s ahead",
      from: /AuthenticationInstant="[^"]*/,
      to: 'AuthenticationInstant="2026-11-20T12:01:01Z',
      ids: ["wsfed.authn-instant.future"],
    },
    {
      name: "signed in 660 s ago",
      from: /AuthenticationInstant="[^"]*/,
      to: 'AuthenticationInstant="2026-11-20T11:49:00Z',
      changes: fresh,
      ids: [],
    },
    {
      name: "signed in 661 s ago",
      from: /AuthenticationInstant="[^"]*/,
      to: 'AuthenticationInstant="2026-11-20T11:48:59Z',
      changes: fresh,
      ids: ["wsfed.authn-instant.stale"],
    },
    {
      name: "first factor 661 s ago, whatever the statement says",
      ...instantClaim("2026-11-20T11:48:59Z"),
      changes: fresh,
      ids: ["wsfed.authn-instant.stale"],
    },
    { name: "first factor of another age limit", ...instantClaim("2026-11-20T11:48:59Z"), ids: [] },
    {
      name: "nothing says when",
      from: / AuthenticationInstant="[^"]*"/,
      to: "",
      changes: fresh,
      ids: [...MALFORMED, "wsfed.authn-instant.stale"],
    },
    {
      name: "nothing says when, and nobody asks",
      from: / AuthenticationInstant="[^"]*"/,
      to: "",
      ids: MALFORMED, // SAML 1.1 core §2.4.3: AuthenticationInstant is required
    },
    {
      name: "unreadable instant beside a claim that can be read",
      from: /(<\/saml:AttributeStatement>)(.*)AuthenticationInstant="[^"]*/,
      to: `${instantClaim("2026-11-20T11:59:00Z").to}$2AuthenticationInstant="soon`,
      ids: MALFORMED,
    },
    {
      name: "instant ahead beside a claim that is not",
      from: /(<\/saml:AttributeStatement>)(.*)AuthenticationInstant="[^"]*/,
      to: `${instantClaim("2026-11-20T11:59:00Z").to}$2AuthenticationInstant="2026-11-20T12:01:01Z`,
      ids: ["wsfed.authn-instant.future"],
    },
    { name: "claim that cannot be read", ...instantClaim("soon"), ids: MALFORMED },
    { name: "claim ahead", ...instantClaim("2026-11-20T12:01:01Z"), ids: ["wsfed.authn-instant.future"] },
  ])("$name → $ids", async (each) => {
    expect(await idsOf(each)).toEqual(each.ids);
  });
});

test.each([
  {
    name: "old",
    from: /AuthenticationInstant="[^"]*/,
    to: 'AuthenticationInstant="2026-11-20T11:00:00Z',
    found: "the sign-in is 3600 seconds old",
  },
])("a sign-in that is $name: $found", async ({ from, to, found }) => {
  const policy = wsFedPolicy([key], { maxAuthAgeSeconds: 600 });
  const { findings } = await judgeWsFedResponse(signToken(plain.replace(from, to), key), policy, NOW);
  expect(findings.map(({ message }) => message)).toEqual([expect.stringContaining(found)]);
});

test("a sign-in of which nothing tells the age", async () => {
  const policy = wsFedPolicy([key], { maxAuthAgeSeconds: 600 });
  const xml = plain.replace(/<saml:AuthenticationStatement[\s\S]*<\/saml:AuthenticationStatement>/, "");
  const signed = signSaml(xml, "Assertion", key, { idAttribute: "AssertionID", after: "AttributeStatement" });
  const { findings } = await judgeWsFedResponse(signed, policy, NOW);
  expect(findings.map(({ message }) => message)).toEqual([expect.stringContaining("of unknown age")]);
});

function confirmation(data: string, method = "bearer"): string {
  return `<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:${method}"><saml:SubjectConfirmationData ${data}/></saml:SubjectConfirmation>`;
}

// SAML core §2.4: one confirmation that holds is enough, but all of it has to hold.
describe("a SAML 2.0 token with several confirmations", () => {
  const ACS = "https://sp.example/acs";
  const live = 'NotOnOrAfter="2026-11-20T12:05:00Z"';
  const over = 'NotOnOrAfter="2026-11-20T11:00:00Z"';
  const ours = `Recipient="${ACS}"`;
  const theirs = 'Recipient="https://other.example"';
  test.each([
    { name: "ours and live", confirmations: [confirmation(`${live} ${ours}`)], ids: [] },
    { name: "of no address", confirmations: [confirmation(live)], ids: [] },
    {
      name: "another one is over",
      confirmations: [confirmation(`${over} ${ours}`), confirmation(`${live} ${ours}`)],
      ids: [],
    },
    {
      name: "another one is elsewhere",
      confirmations: [confirmation(`${live} ${theirs}`), confirmation(`${live} ${ours}`)],
      ids: [],
    },
    {
      name: "ours is over, the live one is elsewhere",
      confirmations: [confirmation(`${over} ${ours}`), confirmation(`${live} ${theirs}`)],
      ids: ["wsfed.time.expired"],
    },
    {
      name: "ours needs a key, the bearer's is elsewhere",
      confirmations: [confirmation(`${live} ${ours}`, "holder-of-key"), confirmation(`${live} ${theirs}`)],
      ids: ["wsfed.recipient.mismatch"],
    },
  ])("$name → $ids", async ({ confirmations, ids }) => {
    const token = sampleAssertion()
      .replace(ISSUER, WSFED_ISSUER)
      .replace("https://sp.example/metadata", REALM)
      .replace(/<saml:SubjectConfirmation[\s\S]*<\/saml:SubjectConfirmation>/, confirmations.join(""));
    const xml = signSaml(answerAround(token), "Assertion", key);
    expect((await judged(xml, { assertionConsumerService: ACS })).ids).toEqual(ids);
  });
});
