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
const LIMIT = 3600;
const FRESH = 60;
const STALE = 36_000;

/** One statement: what it says, how many seconds ago, and when its session ended, if it did. */
interface SignIn {
  readonly says: "mfa" | "pwd";
  readonly ago: number;
  readonly ended?: true;
}

interface Row {
  readonly name: string;
  readonly signIns: readonly SignIn[];
  /** Whether an attribute says MFA, too. */
  readonly attribute?: true;
  /** How long ago claims say that the first and the second factor were. */
  readonly firstFactor?: readonly number[];
  readonly secondFactor?: readonly number[];
  readonly verdict: Verdict["verdict"];
  readonly rules: readonly string[];
  /** How old the evidence says the sign-in is. */
  readonly age: number | undefined;
}

const mfa = (ago: number): SignIn => ({ says: "mfa", ago });
const pwd = (ago: number): SignIn => ({ says: "pwd", ago });
const OK = { verdict: "compliant", rules: [] } as const;
const OLD = { verdict: "re-authenticate", rules: ["authn-instant.stale"] } as const;
const OVER = { verdict: "non-compliant", rules: ["time.expired"] } as const;

function time(ago: number): string {
  return new Date((NOW - ago) * 1000).toISOString();
}

const byStatement: readonly Row[] = [
  { name: "fresh MFA", signIns: [mfa(FRESH)], ...OK, age: FRESH },
  { name: "stale MFA", signIns: [mfa(STALE)], ...OLD, age: STALE },
  { name: "stale MFA, fresh password", signIns: [mfa(STALE), pwd(FRESH)], ...OLD, age: STALE },
  { name: "fresh password, stale MFA", signIns: [pwd(FRESH), mfa(STALE)], ...OLD, age: STALE },
  { name: "fresh MFA, stale password", signIns: [mfa(FRESH), pwd(STALE)], ...OK, age: FRESH },
  { name: "stale password, fresh MFA", signIns: [pwd(STALE), mfa(FRESH)], ...OK, age: FRESH },
  { name: "stale MFA, fresh MFA", signIns: [mfa(STALE), mfa(FRESH)], ...OK, age: FRESH },
  { name: "fresh MFA, stale MFA", signIns: [mfa(FRESH), mfa(STALE)], ...OK, age: FRESH },
  { name: "two stale MFA", signIns: [mfa(STALE + 1), mfa(STALE)], ...OLD, age: STALE },
  { name: "stale MFA between two", signIns: [pwd(FRESH), mfa(STALE), pwd(FRESH)], ...OLD, age: STALE },
  {
    name: "fresh MFA under the limit, with skew",
    signIns: [mfa(LIMIT + 60), pwd(FRESH)],
    ...OK,
    age: LIMIT + 60,
  },
  { name: "MFA a second over", signIns: [mfa(LIMIT + 61), pwd(FRESH)], ...OLD, age: LIMIT + 61 },
  {
    name: "no MFA: the most recent is shown",
    signIns: [pwd(STALE), pwd(FRESH)],
    verdict: "non-compliant",
    rules: ["mfa.absent"],
    age: FRESH,
  },
];

// Only SAML 2.0 ends a session.
const bySession: readonly Row[] = [
  { name: "MFA of a session that is over", signIns: [{ ...mfa(FRESH), ended: true }], ...OVER, age: FRESH },
  {
    name: "MFA of a session that is over, password of one that is not",
    signIns: [{ ...mfa(FRESH), ended: true }, pwd(FRESH)],
    ...OVER,
    age: FRESH,
  },
  {
    name: "MFA of a session that goes on, password of one that is over",
    signIns: [mfa(FRESH), { ...pwd(FRESH), ended: true }],
    ...OK,
    age: FRESH,
  },
  {
    name: "fresh MFA of a session that is over, stale MFA of one that is not",
    signIns: [{ ...mfa(FRESH), ended: true }, mfa(STALE)],
    ...OVER,
    age: FRESH,
  },
  {
    name: "fresh MFA of a session that goes on, stale MFA of one that is over",
    signIns: [{ ...mfa(STALE), ended: true }, mfa(FRESH)],
    ...OK,
    age: FRESH,
  },
];

const byAttribute: readonly Row[] = [
  { name: "attribute, fresh password", signIns: [pwd(FRESH)], attribute: true, ...OK, age: FRESH },
  { name: "attribute, stale password", signIns: [pwd(STALE)], attribute: true, ...OLD, age: STALE },
  {
    name: "attribute, fresh and stale password",
    signIns: [pwd(FRESH), pwd(STALE)],
    attribute: true,
    ...OLD,
    age: STALE,
  },
  {
    name: "attribute, second factor long ago",
    signIns: [pwd(FRESH)],
    attribute: true,
    secondFactor: [STALE],
    ...OLD,
    age: STALE,
  },
  {
    name: "attribute, second factor just now",
    signIns: [pwd(FRESH)],
    attribute: true,
    secondFactor: [1],
    ...OK,
    age: FRESH,
  },
];

const byBoth: readonly Row[] = [
  {
    name: "attribute, stale MFA, fresh password",
    signIns: [mfa(STALE), pwd(FRESH)],
    attribute: true,
    ...OLD,
    age: STALE,
  },
  {
    name: "attribute, fresh MFA, stale password",
    signIns: [mfa(FRESH), pwd(STALE)],
    attribute: true,
    ...OK,
    age: FRESH,
  },
];

const byClaim: readonly Row[] = [
  { name: "first factor stale", signIns: [mfa(FRESH)], firstFactor: [STALE], ...OLD, age: STALE },
  { name: "first factor fresh, MFA stale", signIns: [mfa(STALE)], firstFactor: [FRESH], ...OLD, age: STALE },
  { name: "two first factors", signIns: [mfa(FRESH)], firstFactor: [FRESH, STALE], ...OLD, age: STALE },
  { name: "second factor stale", signIns: [mfa(FRESH)], secondFactor: [STALE], ...OLD, age: STALE },
  {
    name: "both factors fresh",
    signIns: [mfa(FRESH)],
    firstFactor: [90],
    secondFactor: [FRESH],
    ...OK,
    age: 90,
  },
  {
    name: "no statement, only claims",
    signIns: [],
    attribute: true,
    firstFactor: [FRESH],
    ...OK,
    age: FRESH,
  },
  {
    name: "no statement, a stale claim",
    signIns: [],
    attribute: true,
    firstFactor: [STALE],
    ...OLD,
    age: STALE,
  },
  { name: "nothing tells when", signIns: [], attribute: true, ...OLD, age: undefined },
];

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

function samlAttributes({ attribute, secondFactor = [] }: Row): string {
  const inside = (name: string, values: readonly string[]) =>
    `<saml:Attribute Name="${name}">${values.map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`).join("")}</saml:Attribute>`;
  return [
    attribute === undefined ? "" : inside("amr", ["pwd", "mfa"]),
    secondFactor.length === 0
      ? ""
      : inside(
          `${SECOND_FACTOR_NAMESPACE}/${SECOND_FACTOR}`,
          secondFactor.map((ago) => time(ago)),
        ),
  ].join("");
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
  const times = (ago: readonly number[] = []) => ago.map((each) => time(each));
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
