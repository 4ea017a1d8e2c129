import { Ajv } from "ajv";
import { z } from "zod";
import { jsonSchemaText } from "../../../harness/scenario/json-schema.ts";

/** A table of two scenarios. */
export const TABLE = `shared:
  why: a reason
  references: [RFC 8176 §2]
  severity: high
  control: id-token-with-mfa
  emission: { channel: oidc, profile: password-only }
  expect: { verdict: non-compliant, decision: refuse }

cases:
  one:
    title: the first
    emission: { patch: [{ op: remove, path: /idToken/claims/amr }] }
    expect: { findings: [oidc.amr.absent] }
  two:
    title: the second
    why: a reason of its own
    severity: low
    emission: { profile: password-and-otp, key: stranger }
    transport: [protocol]
`;

/** The same scenarios, each in a file of its own. */
export const ALONE = {
  one: `id: one
title: the first
why: a reason
references: [RFC 8176 §2]
severity: high
control: id-token-with-mfa
emission: { channel: oidc, profile: password-only, patch: [{ op: remove, path: /idToken/claims/amr }] }
expect: { verdict: non-compliant, decision: refuse, findings: [oidc.amr.absent] }
`,
  two: `id: two
title: the second
why: a reason of its own
references: [RFC 8176 §2]
severity: low
control: id-token-with-mfa
emission: { channel: oidc, profile: password-and-otp, key: stranger }
expect: { verdict: non-compliant, decision: refuse }
transport: [protocol]
`,
};

/** Whether an editor that knows the schema has nothing to complain of. */
export const isValid = new Ajv({ strict: false }).compile(
  z.looseObject({}).parse(JSON.parse(jsonSchemaText())),
);
