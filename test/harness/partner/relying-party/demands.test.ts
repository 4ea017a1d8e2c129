import { expect, test } from "vitest";
import type { SignedIn } from "../../../../harness/partner/relying-party/signed-in.ts";
import {
  checkDemands,
  type Demands,
  readAskedFor,
} from "../../../../harness/partner/relying-party/demands.ts";

const NOW = 1_800_000_000;
const MFA = "https://refeds.org/profile/mfa";

function signedIn(changes: Partial<SignedIn>): SignedIn {
  return {
    issuer: "http://127.0.0.1/oidc",
    subject: "agent",
    audiences: ["portal"],
    authorizedParty: undefined,
    authenticatedAt: NOW,
    nonce: "n",
    session: "s",
    signIn: "state",
    purpose: "portal",
    user: "agent",
    amr: ["mfa"],
    acr: MFA,
    accessToken: "a",
    refreshToken: undefined,
    ...changes,
  };
}

function reasonOf(demands: Partial<Demands>, changes: Partial<SignedIn>): string {
  try {
    checkDemands({ essentialClasses: [], ...demands }, NOW, signedIn(changes), NOW);
    return "taken";
  } catch (error) {
    return error instanceof Error ? error.message : "no error";
  }
}

const NO_TIME = "the ID token does not say when the person signed in, which was asked for";

test.each([
  { demands: {}, says: { authenticatedAt: undefined, acr: undefined }, reason: "taken" },
  { demands: {}, says: { authenticatedAt: 0 }, reason: "taken" },
  { demands: { maxAge: 300 }, says: { authenticatedAt: NOW - 360 }, reason: "taken" },
  {
    demands: { maxAge: 300 },
    says: { authenticatedAt: NOW - 361 },
    reason: "the person signed in longer ago than max_age, which was 300",
  },
  {
    demands: { maxAge: 0 },
    says: { authenticatedAt: NOW - 61 },
    reason: "the person signed in longer ago than max_age, which was 0",
  },
  { demands: { maxAge: 0 }, says: { authenticatedAt: undefined }, reason: NO_TIME },
  { demands: { anew: true }, says: { authenticatedAt: undefined }, reason: NO_TIME },
  { demands: { anew: true }, says: { authenticatedAt: NOW - 60 }, reason: "taken" },
  {
    demands: { anew: true },
    says: { authenticatedAt: NOW - 61 },
    reason: "the person was to sign in anew, and did not",
  },
  { demands: { essentialClasses: ["phr", MFA] }, says: {}, reason: "taken" },
  { demands: { essentialClasses: ["phr"] }, says: {}, reason: `acr is "${MFA}", expected phr` },
  { demands: { essentialClasses: ["phr"] }, says: { acr: undefined }, reason: "acr is absent, expected phr" },
  { demands: { essentialClasses: ["phr"] }, says: { acr: ["phr"] }, reason: 'acr is ["phr"], expected phr' },
  { demands: { essentialClasses: ["phr"] }, says: { acr: "phrh" }, reason: 'acr is "phrh", expected phr' },
] as const)("$demands, and $says: $reason", ({ demands, says, reason }) => {
  expect(reasonOf(demands, says)).toBe(reason);
});

const NOTHING = { essentialClasses: [] };

test.each([
  { given: {}, demands: NOTHING },
  { given: { to: "/portal", state: "chosen", acr_values: "phr" }, demands: NOTHING },
  { given: { max_age: "0" }, demands: { maxAge: 0, essentialClasses: [] } },
  { given: { prompt: "consent login" }, demands: { anew: true, essentialClasses: [] } },
  { given: { prompt: "relogin" }, demands: NOTHING },
  { given: { claims: '{"id_token":{"acr":{"values":["phr"]}}}' }, demands: NOTHING },
  {
    given: { claims: '{"id_token":{"acr":{"essential":true,"values":["phr","phrh"]}}}' },
    demands: { essentialClasses: ["phr", "phrh"] },
  },
  {
    given: { claims: '{"id_token":{"acr":{"essential":true,"value":"phr"}}}' },
    demands: { essentialClasses: ["phr"] },
  },
  { given: { claims: '{"userinfo":{"acr":{"essential":true,"value":"phr"}}}' }, demands: NOTHING },
  { given: { claims: "[]" }, demands: NOTHING },
])("$given demands $demands", ({ given, demands }) => {
  expect(readAskedFor(new URLSearchParams(given)).demands).toEqual(demands);
});

test("only what is to be asked for goes on to the IdP", () => {
  const given = new URLSearchParams({ max_age: "5", redirect_uri: "http://elsewhere", prompt: "" });
  expect(readAskedFor(given).parameters).toEqual({ max_age: "5" });
});

test.each([
  { given: { max_age: "-1" }, reason: "max_age is no number of seconds" },
  { given: { max_age: "1e3" }, reason: "max_age is no number of seconds" },
  { given: { claims: "{" }, reason: "claims is not JSON" },
])("$given cannot be asked for", ({ given, reason }) => {
  expect(() => readAskedFor(new URLSearchParams(given))).toThrow(reason);
});
