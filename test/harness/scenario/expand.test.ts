import { expect, test } from "vitest";
import { expandCases, type TargetFacts } from "../../../harness/scenario/expand.ts";
import { type Scenario, scenarioSchema } from "../../../harness/scenario/schema.ts";

const TARGETS: readonly TargetFacts[] = [
  { name: "library", channels: ["oidc", "saml"], transports: ["direct"] },
  { name: "relying-party", channels: ["oidc"], transports: ["protocol", "browser"] },
  { name: "service-provider", channels: ["saml"], transports: ["protocol", "browser"] },
];

function scenario(id: string, channel: string, transport: readonly string[]): Scenario {
  const expectation = { verdict: "compliant", decision: "accept" };
  const emission = { channel, profile: "password-and-otp" };
  return scenarioSchema.parse({
    id,
    title: id,
    why: id,
    references: ["x"],
    emission,
    transport,
    expect: expectation,
  });
}

const SCENARIOS = [
  scenario("one", "oidc", ["direct", "browser"]),
  scenario("two", "saml", ["direct", "protocol"]),
];

test.each([
  { transports: ["direct"] as const, ids: ["one/direct/library", "two/direct/library"] },
  {
    transports: ["direct", "protocol"] as const,
    ids: ["one/direct/library", "two/direct/library", "two/protocol/service-provider"],
  },
  { transports: ["browser"] as const, ids: ["one/browser/relying-party"] },
])("transports $transports → $ids", ({ transports, ids }) => {
  expect(expandCases(SCENARIOS, TARGETS, transports).map(({ id }) => id)).toEqual(ids);
});
