import { describe, expect, test } from "vitest";
import { judgeSamlResponse, judgeWsFedResponse } from "../../../../src/judge.ts";
import type { MfaReading } from "../../../../src/policy.ts";
import type { Verdict } from "../../../../src/verdict.ts";
import {
  ISSUER,
  MULTIPLE_AUTHN,
  NOW,
  rsaKey,
  sampleAssertion,
  samplePolicy,
  sampleResponse,
  signSaml,
} from "../../../support/signed-saml.ts";
import {
  byAttribute,
  byBoth,
  byClaim,
  bySession,
  byStatement,
  FRESH,
  LIMIT,
  mfa,
  OK,
  pwd,
  type Row,
  STALE,
  time,
  times,
} from "./sign-in-rows.ts";
import {
  answerAround,
  claim,
  PASSWORD,
  REALM,
  sampleToken,
  WSFED_ISSUER,
  wsFedPolicy,
} from "../../../support/signed-wsfed.ts";

// SAML core §2.7.2 and SAML 1.1 core §2.4.3: instant, context and session end of one statement are of one act. So the
// age that counts is that of the statement that says MFA, and where an attribute says it, nobody knows of which act.

const key = rsaKey();
const SECOND_FACTOR = "multifactorauthenticationinstant";
const SECOND_FACTOR_NAMESPACE = "http://schemas.microsoft.com/ws/2017/04/identity/claims";

function saml2Statements({ signIns }: Row): string {
  return signIns
    .map(({ says, ago, ended }) => {
      const end = ended === undefined ? "" : ` SessionNotOnOrAfter="${time(61)}"`;
      const classRef = says === "mfa" ? MULTIPLE_AUTHN : "urn:oasis:names:tc:SAML:2.0:ac:classes:Password";
      return `<saml:AuthnStatement AuthnInstant="${time(ago)}"${end}><saml:AuthnContext><saml:AuthnContextClassRef>${classRef}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`;
    })
    .join("");
}

function samlAttribute(name: string, values: readonly string[]): string {
  const inside = values.map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`);
  return `<saml:Attribute Name="${name}">${inside.join("")}</saml:Attribute>`;
}

function samlAttributes({ attribute, secondFactor }: Row): string {
  const name = `${SECOND_FACTOR_NAMESPACE}/${SECOND_FACTOR}`;
  const methods = attribute === undefined ? "" : samlAttribute("amr", ["pwd", "mfa"]);
  return methods + (secondFactor === undefined ? "" : samlAttribute(name, times(secondFactor)));
}

/** The sample with the statements and attributes of a row in place of its own. */
function withRow(xml: string, row: Row): string {
  return xml
    .replace(/<saml:AuthnStatement[\s\S]*?<\/saml:AuthnStatement>/, saml2Statements(row))
    .replace("</saml:AttributeStatement>", `${samlAttributes(row)}</saml:AttributeStatement>`);
}

function saml1Token(row: Row): string {
  const subject = /<saml:Subject>.*?<\/saml:Subject>/.exec(sampleToken())?.[0] ?? "";
  const statements = row.signIns.map(({ says, ago }) => {
    const method = says === "mfa" ? MULTIPLE_AUTHN : PASSWORD;
    return `<saml:AuthenticationStatement AuthenticationMethod="${method}" AuthenticationInstant="${time(ago)}">${subject}</saml:AuthenticationStatement>`;
  });
  const claims = [
    row.attribute === undefined ? "" : claim("authenticationmethod", [PASSWORD, MULTIPLE_AUTHN]),
    row.firstFactor === undefined ? "" : claim("authenticationinstant", times(row.firstFactor)),
    row.secondFactor === undefined
      ? ""
      : claim(SECOND_FACTOR, times(row.secondFactor), SECOND_FACTOR_NAMESPACE),
  ];
  return sampleToken()
    .replace(claim("authenticationmethod", [PASSWORD, MULTIPLE_AUTHN]), claims.join(""))
    .replace(/<saml:AuthenticationStatement[\s\S]*<\/saml:AuthenticationStatement>/, statements.join(""));
}

async function judgedSaml(row: Row, mfaReading: Partial<MfaReading>): Promise<Verdict> {
  const reading = { amrValues: [], classRefs: [], attributes: [], attributeValues: [], ...mfaReading };
  const policy = samplePolicy([key], { maxAuthAgeSeconds: LIMIT, mfa: reading });
  return await judgeSamlResponse(signSaml(withRow(sampleResponse(), row), "Assertion", key), policy, NOW);
}

async function judgedSaml1(row: Row): Promise<Verdict> {
  const xml = answerAround(saml1Token(row));
  const options = { idAttribute: "AssertionID", after: "AttributeStatement" };
  const policy = wsFedPolicy([key], { maxAuthAgeSeconds: LIMIT });
  return await judgeWsFedResponse(signSaml(xml, "Assertion", key, options), policy, NOW);
}

async function judgedSaml2InWsFed(row: Row): Promise<Verdict> {
  const token = sampleAssertion().replace(ISSUER, WSFED_ISSUER).replace("https://sp.example/metadata", REALM);
  const xml = signSaml(answerAround(withRow(token, row)), "Assertion", key);
  return await judgeWsFedResponse(xml, wsFedPolicy([key], { maxAuthAgeSeconds: LIMIT }), NOW);
}

/** What a row is about: which rules speak, apart from the one that says that statements disagree. */
function summary({ verdict, findings, evidence }: Verdict) {
  const rules = findings.map(({ rule }) => rule.slice(rule.indexOf(".") + 1));
  const authenticatedAt = evidence?.authenticatedAt;
  return {
    verdict,
    rules: rules.filter((rule) => rule !== "authn-statement.contradictory"),
    age: authenticatedAt === undefined ? undefined : NOW - authenticatedAt,
  };
}

const classes = { classRefs: [MULTIPLE_AUTHN] };
const attributes = { attributes: [{ name: "amr", nameFormats: [null] }], attributeValues: ["mfa"] };

function expected({ verdict, rules, age }: Row) {
  return { verdict, rules, age };
}

describe("SAML, MFA in the class", () => {
  test.each([...byStatement, ...bySession])("$name → $verdict", async (row) => {
    expect(summary(await judgedSaml(row, classes))).toEqual(expected(row));
  });
});

describe("SAML, MFA in an attribute", () => {
  test.each(byAttribute)("$name → $verdict", async (row) => {
    expect(summary(await judgedSaml(row, attributes))).toEqual(expected(row));
  });
});

describe("SAML, MFA in either", () => {
  test.each([...byStatement, ...byAttribute, ...byBoth])("$name → $verdict", async (row) => {
    expect(summary(await judgedSaml(row, { ...classes, ...attributes }))).toEqual(expected(row));
  });
});

describe("SAML, a class has its own time whatever an attribute says (Entra ignores it)", () => {
  const row: Row = { name: "", signIns: [mfa(FRESH)], secondFactor: [STALE], ...OK, age: FRESH };
  test("second factor long ago", async () => {
    expect(summary(await judgedSaml(row, classes))).toEqual(expected(row));
  });
});

describe("WS-Federation, SAML 1.1", () => {
  test.each([...byStatement, ...byAttribute, ...byBoth, ...byClaim])("$name → $verdict", async (row) => {
    expect(summary(await judgedSaml1(row))).toEqual(expected(row));
  });
});

describe("WS-Federation, SAML 2.0", () => {
  test.each([...byStatement, ...bySession])("$name → $verdict", async (row) => {
    expect(summary(await judgedSaml2InWsFed(row))).toEqual(expected(row));
  });
});

test("without MFA in the policy the most recent sign-in counts", async () => {
  const row: Row = { name: "", signIns: [pwd(STALE), pwd(FRESH)], ...OK, age: FRESH };
  expect(summary(await judgedSaml(row, {}))).toEqual(expected(row));
});
