import type { Verdict } from "../../../../src/verdict.ts";
import { NOW } from "../../../support/signed-saml.ts";

/** The oldest sign-in that the policy allows, seconds. */
export const LIMIT = 3600;
/** An age within the limit, seconds. */
export const FRESH = 60;
/** An age beyond the limit, seconds. */
export const STALE = 36_000;

/** One statement: what it says, how many seconds ago, and when its session ended, if it did. */
export interface SignIn {
  readonly says: "mfa" | "pwd";
  readonly ago: number;
  readonly ended?: true;
}

/** One line of the table: what a message says, and what follows. */
export interface Row {
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

/** A statement that says MFA. */
export const mfa = (ago: number): SignIn => ({ says: "mfa", ago });
/** A statement that says password. */
export const pwd = (ago: number): SignIn => ({ says: "pwd", ago });
/** Nothing is wrong. */
export const OK = { verdict: "compliant", rules: [] } as const;
/** The MFA is too old. */
const OLD = { verdict: "re-authenticate", rules: ["authn-instant.stale"] } as const;
const OVER = { verdict: "non-compliant", rules: ["time.expired"] } as const;

/** A time so many seconds ago, as SAML writes it. */
export function time(ago: number): string {
  return new Date((NOW - ago) * 1000).toISOString();
}

/** Several times. */
export function times(ago: readonly number[]): readonly string[] {
  return ago.map((each) => time(each));
}

/** MFA in the class or method of a statement. */
export const byStatement: readonly Row[] = [
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

/** The same with sessions that end, which only SAML 2.0 knows. */
export const bySession: readonly Row[] = [
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

/** MFA in an attribute only. */
export const byAttribute: readonly Row[] = [
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

/** MFA in a statement and in an attribute. */
export const byBoth: readonly Row[] = [
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

/** Claims of WS-Federation that tell when. */
export const byClaim: readonly Row[] = [
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
