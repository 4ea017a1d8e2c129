import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { judgeIdToken } from "../../src/judge.ts";
import { policies } from "../../src/policies.ts";

/** A folder of sign-ins recorded from real identity providers. */
const folder = process.env["MFA_HARNESS_CAPTURES"];

const captureSchema = z.object({
  capturedAt: z.string(),
  issuer: z.string(),
  id_token: z.string(),
  authorization_request: z.object({ nonce: z.string(), client_id: z.string() }),
  jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }),
});

describe.skipIf(folder === undefined)("ID tokens of real providers (set MFA_HARNESS_CAPTURES to run)", () => {
  test.each([
    {
      // The facts beside it: two factors were used, amr says ["password","otp"], and auth_time is 0.
      file: "glewlwyd-password-and-totp.json",
      verdict: "non-compliant",
      findings: [
        "oidc.auth-time.implausible",
        "oidc.amr.mfa-absent",
        "oidc.amr.two-factors-without-mfa",
        "oidc.amr.vendor-value",
      ],
      visibility: "challenged-but-invisible",
    },
    {
      file: "lemonldap-password-and-totp-client-with-amr-claim.json",
      verdict: "compliant",
      findings: [],
      visibility: undefined,
    },
  ])("$file → $verdict", async ({ file, verdict, findings, visibility }) => {
    const capture = captureSchema.parse(JSON.parse(readFileSync(join(folder ?? "", file), "utf8")));
    const policy = {
      ...policies.oidc,
      issuers: [{ issuer: capture.issuer, jwks: capture.jwks }],
      audiences: [capture.authorization_request.client_id],
      nonce: capture.authorization_request.nonce,
    };
    const judged = await judgeIdToken(capture.id_token, policy, Date.parse(capture.capturedAt) / 1000);
    expect([judged.signature, judged.verdict, judged.findings.map(({ rule }) => rule)]).toEqual([
      "verified",
      verdict,
      findings,
    ]);
    expect(judged.visibility).toBe(visibility);
  });
});
