import { beforeAll, expect, test } from "vitest";
import { mfaMatchers } from "../../../harness/testing/vitest.ts";
import { judgeIdToken } from "../../../src/index.ts";
import { idClaims, NOW, oidcPolicy, rsaKey, signed } from "../support/tokens.ts";

expect.extend(mfaMatchers);

const key = rsaKey("k");
const judge = (amr: readonly string[]) =>
  judgeIdToken(signed({ alg: "RS256", kid: "k" }, idClaims({ amr }), key), oidcPolicy([key]), NOW);

const verdicts: Record<"good" | "bad", Awaited<ReturnType<typeof judge>> | undefined> = {
  good: undefined,
  bad: undefined,
};
beforeAll(async () => {
  verdicts.good = await judge(["pwd", "mfa"]);
  verdicts.bad = await judge(["pwd"]);
});

test("hold where they should, and their opposites too", () => {
  expect(verdicts.good).toBeMfaCompliant();
  expect(verdicts.bad).not.toBeMfaCompliant();
  expect(verdicts.bad).toHaveFinding("oidc.amr.mfa-absent");
  expect(verdicts.good).not.toHaveFinding("oidc.amr.mfa-absent");
});

test.each([
  {
    what: "not compliant",
    check: () => expect(verdicts.bad).toBeMfaCompliant(),
    says: /^expected a verdict that is compliant, but it is non-compliant: .*\n {2}error: oidc\.amr\.mfa-absent at \/claims\/amr\n {4}amr is \["pwd"\].*\n {4}change: \w/,
  },
  {
    what: "compliant after all",
    check: () => expect(verdicts.good).not.toBeMfaCompliant(),
    says: /^expected a verdict that is not compliant, but it is compliant: /,
  },
  {
    what: "another finding",
    check: () => expect(verdicts.bad).toHaveFinding("oidc.time.expired"),
    says: /^expected a finding of oidc\.time\.expired, but it is non-compliant: [^]*oidc\.amr\.mfa-absent/,
  },
  {
    what: "an unwanted finding",
    check: () => expect(verdicts.bad).not.toHaveFinding("oidc.amr.mfa-absent"),
    says: /^expected no finding of oidc\.amr\.mfa-absent, /,
  },
  {
    what: "a rule that is none, even in the opposite",
    check: () => expect(verdicts.good).not.toHaveFinding("oidc.amr.mfa-absnt"),
    says: /^there is no rule oidc\.amr\.mfa-absnt$/,
  },
  {
    what: "a promise",
    check: () => expect(judge(["mfa"])).not.toBeMfaCompliant(),
    says: /but this is a promise: await the judge first$/,
  },
  { what: "nothing", check: () => expect(undefined).toBeMfaCompliant(), says: /but this is undefined$/ },
])("$what: the message", ({ check, says }) => {
  expect(check).toThrow(says);
});
