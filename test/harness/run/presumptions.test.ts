import { expect, test } from "vitest";
import { presumedOtherwise } from "../../../harness/run/presumptions.ts";
import { type Presumption, type Scenario, scenarioSchema } from "../../../harness/scenario/schema.ts";
import type { Observation } from "../../../harness/target/observation.ts";

interface Presuming {
  readonly channel?: "oidc" | "saml" | "wsfed";
  readonly verdict?: "compliant" | "non-compliant";
  readonly ignore?: readonly string[];
  readonly presumes?: readonly Presumption[];
  readonly asks?: Readonly<Record<string, unknown>>;
  readonly steps?: readonly string[];
}

function scenario({ channel = "oidc", verdict = "compliant", ignore = [], ...more }: Presuming): Scenario {
  return scenarioSchema.parse({
    id: "one",
    title: "one",
    why: "for this test",
    references: ["none"],
    emission: { channel, profile: "password-and-otp", ignore },
    transport: ["protocol"],
    expect: { verdict, decision: "refuse" },
    ...more,
  });
}

function observed(asked: Readonly<Record<string, string>> | undefined, limit?: number): Observation {
  const issued = { channel: "oidc", artifact: "", user: "ann", audience: "", at: 0 } as const;
  return {
    decision: "accept",
    signals: [],
    exchanges: [],
    issued: asked === undefined ? issued : { ...issued, asked },
    ...(limit === undefined ? {} : { maxAuthAgeSeconds: limit }),
  };
}

const NONCE = { presumes: ["nonce"] } as const;
const STATE = { presumes: ["state"] } as const;
const AGE = { presumes: ["age-limit"] } as const;
const ESSENTIAL = { id_token: { acr: { essential: true, values: ["phr"] } } };

test.each<{
  scenario: Presuming;
  asked?: Readonly<Record<string, string>>;
  limit?: number;
  status: "skip" | "inconclusive" | "stands";
  says?: string;
}>([
  { scenario: NONCE, asked: {}, status: "skip", says: "sent no nonce" },
  { scenario: NONCE, asked: { nonce: "sent" }, status: "stands" },
  { scenario: STATE, asked: { nonce: "sent" }, status: "skip", says: "sent no state" },
  { scenario: STATE, asked: { state: "sent" }, status: "stands" },
  { scenario: NONCE, status: "stands" }, // nothing shows what was asked
  { scenario: AGE, asked: {}, status: "skip", says: "asked for no fresh sign-in" },
  { scenario: AGE, asked: { max_age: "3600" }, status: "stands" },
  { scenario: AGE, asked: { max_age: "0" }, status: "stands" },
  { scenario: AGE, asked: { max_age: "86400" }, status: "skip" },
  { scenario: AGE, asked: {}, limit: 3600, status: "stands" },
  { scenario: AGE, asked: {}, limit: 7200, status: "skip" },
  { scenario: AGE, asked: { ForceAuthn: "true" }, status: "stands" },
  { scenario: AGE, asked: { wfresh: "0" }, status: "stands" },
  { scenario: { asks: { max_age: 60 } }, asked: {}, status: "inconclusive", says: "did not ask for max_age" },
  { scenario: { asks: { max_age: 60 } }, asked: { max_age: "61" }, status: "inconclusive" },
  { scenario: { asks: { max_age: 60 } }, asked: { max_age: "60" }, status: "stands" },
  { scenario: { asks: { acr_values: ["a", "b"] } }, asked: { acr_values: "b c a" }, status: "stands" },
  { scenario: { asks: { acr_values: ["a", "b"] } }, asked: { acr_values: "a" }, status: "inconclusive" },
  { scenario: { asks: { prompt: "login" } }, asked: { prompt: "consent login" }, status: "stands" },
  { scenario: { asks: { prompt: "login" } }, asked: {}, status: "inconclusive", says: "ask for prompt" },
  {
    scenario: { asks: { claims: ESSENTIAL } },
    asked: { claims: JSON.stringify({ userinfo: {}, ...ESSENTIAL }) },
    status: "stands",
  },
  { scenario: { asks: { claims: ESSENTIAL } }, asked: { claims: "{}" }, status: "inconclusive" },
  { scenario: { asks: { claims: ESSENTIAL } }, asked: { claims: "no JSON" }, status: "inconclusive" },
  {
    scenario: { asks: { max_age: 60 }, steps: ["sign-in-edited"] }, // the browser took it away
    asked: {},
    status: "stands",
  },
  {
    scenario: { channel: "saml", asks: { requestedAuthnContext: { classes: ["x"] } } },
    asked: { RequestedAuthnContext: "x" },
    status: "stands",
  },
  {
    scenario: { channel: "saml", asks: { requestedAuthnContext: { classes: ["x"], comparison: "better" } } },
    asked: { RequestedAuthnContext: "x" },
    status: "inconclusive",
    says: "ask for Comparison",
  },
  { scenario: { channel: "saml", asks: { forceAuthn: true } }, asked: {}, status: "inconclusive" },
  {
    scenario: { channel: "saml", asks: { isPassive: true } },
    asked: { IsPassive: "true" },
    status: "stands",
  },
  {
    scenario: { channel: "saml", asks: { nameIdFormat: "urn:f", subject: "{user}" } },
    asked: { NameIDPolicy: "urn:f", Subject: "ann" },
    status: "stands",
  },
  {
    scenario: { channel: "saml", asks: { subject: "{user}" } },
    asked: { Subject: "bob" },
    status: "inconclusive",
    says: "ask for Subject",
  },
  { scenario: { channel: "saml", asks: { nameIdFormat: "urn:f" } }, asked: {}, status: "inconclusive" },
  { scenario: { ignore: ["prompt", "acr_values"] }, asked: { acr_values: "a" }, status: "inconclusive" },
  { scenario: { ignore: ["prompt", "acr_values"] }, asked: { prompt: "login" }, status: "stands" },
  { scenario: { ignore: ["prompt"] }, asked: { max_age: "0" }, status: "stands" },
  { scenario: { ignore: ["claims"] }, asked: {}, status: "inconclusive", says: "disobeyed nothing" },
  { scenario: { ignore: ["claims"], verdict: "non-compliant" }, asked: {}, status: "stands" },
])(
  "$scenario, asked $asked, limit $limit → $status",
  ({ scenario: one, asked, limit, status, says = "" }) => {
    const outcome = presumedOtherwise(scenario(one), observed(asked, limit));
    expect(outcome?.status ?? "stands").toBe(status);
    expect(outcome?.differences.join("\n") ?? "").toContain(says);
  },
);
