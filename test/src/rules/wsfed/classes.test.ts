import { describe, expect, test } from "vitest";
import type { WsFedResponse } from "../../../../src/artifact.ts";
import { policies } from "../../../../src/policies.ts";
import type { Policy } from "../../../../src/policy.ts";
import { authnStatementContradictory } from "../../../../src/rules/wsfed/authn-statement-contradictory.ts";
import { mfaContradicted } from "../../../../src/rules/wsfed/mfa-contradicted.ts";
import { mfaLookalike } from "../../../../src/rules/wsfed/mfa-lookalike.ts";
import { MULTIPLE_AUTHN, PASSWORD } from "../../../support/signed-wsfed.ts";

const TLS = "urn:ietf:rfc:2246";

function response(...methods: readonly (readonly string[])[]): WsFedResponse {
  return {
    version: "2.0",
    id: "_a",
    issuer: "https://idp.example",
    issueInstant: undefined,
    subjects: [],
    conditions: undefined,
    authentications: methods.map((each, index) => ({
      at: `/statement[${index + 1}]`,
      methods: each,
      instant: undefined,
      sessionEnd: undefined,
    })),
    attributes: [],
    encryptedParts: [],
  };
}

/** A reader that takes these classes for MFA, and in any case the attribute of Entra. */
function reading(...classRefs: readonly string[]): Policy {
  const policy = policies["entra-wsfed"];
  return { ...policy, mfa: { ...policy.mfa, classRefs } };
}

const READERS = [
  { reader: "no class", policy: reading(), isReader: false },
  { reader: "one class", policy: reading(MULTIPLE_AUTHN), isReader: true },
  { reader: "two classes", policy: reading(MULTIPLE_AUTHN, TLS), isReader: true },
];

describe.each(READERS)("a reader of $reader", ({ policy, isReader }) => {
  test("sees two statements that disagree only where it reads classes", () => {
    const faults = authnStatementContradictory.check(response([PASSWORD], [MULTIPLE_AUTHN]), policy, 0);
    expect(faults?.map(({ at }) => at)).toEqual(isReader ? ["/statement[1]"] : undefined);
  });

  test("sees several classes in one statement only where it reads classes", () => {
    const faults = mfaLookalike.check(response([PASSWORD, MULTIPLE_AUTHN]), policy, 0);
    expect(faults?.map(({ at }) => at)).toEqual(isReader ? ["/statement[1]"] : []);
  });
});

test("a claim of MFA beside a password names the method that the statement says", () => {
  const [read] = policies["entra-wsfed"].mfa.attributes;
  const namespace = read?.nameFormats[0] ?? undefined;
  const attribute = { at: "/attribute", name: read?.name ?? "", namespace, values: [MULTIPLE_AUTHN] };
  const stated = { ...response([PASSWORD]), version: "1.1", attributes: [attribute] };
  const faults = mfaContradicted.check(stated, policies["entra-wsfed"], 0);
  expect(faults?.map(({ message }) => message)).toEqual([expect.stringContaining(`"${PASSWORD}"`)]);
});
