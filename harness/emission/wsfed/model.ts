import { z } from "zod";
import { HarnessError } from "../../errors.ts";
import type { WsFedResponseModel } from "../model.ts";
import { signatureSchema } from "../saml/model.ts";

const text = z.string().optional();
const time = z.union([z.number(), z.string()], "expected seconds since the epoch or a string").optional();

const assertionSchema = z.strictObject({
  version: z.string(),
  id: text,
  issueInstant: time,
  issuer: text,
  subject: z
    .strictObject({ nameId: text, format: text, method: text, recipient: text, spNameQualifier: text })
    .optional(),
  conditions: z
    .strictObject({
      notBefore: time,
      notOnOrAfter: time,
      audiences: z.array(z.string()).optional(),
      content: text,
    })
    .optional(),
  authentication: z
    .strictObject({ method: text, instant: time, nameId: text, sessionNotOnOrAfter: time })
    .optional(),
  attributes: z
    .array(
      z.strictObject({
        name: z.string(),
        namespace: text,
        values: z.array(z.union([z.string(), z.number()])),
      }),
    )
    .optional(),
  content: text,
});

const responseSchema = z.strictObject({
  appliesTo: text,
  created: time,
  expires: time,
  tokenType: text,
  requestType: text,
  keyType: text,
  assertion: assertionSchema.optional(),
  content: text,
  signature: signatureSchema.optional(),
});

function describe(issue: z.core.$ZodIssue): string {
  return `/wsFedResponse${issue.path.map((part) => `/${String(part)}`).join("")}: ${issue.message}`;
}

/**
 * The response in a patched model, known to be one that XML can be written from.
 *
 * @throws HarnessError when a patch took the response away, or gave it a member or a type that it cannot have
 */
export function checkedWsFedResponse(wsFedResponse: WsFedResponseModel | undefined): WsFedResponseModel {
  const checked = responseSchema.safeParse(wsFedResponse);
  if (wsFedResponse !== undefined && checked.success) return wsFedResponse;
  throw new HarnessError(
    "ERR_SCENARIO_INVALID",
    `After the patches this is no WS-Federation response: ${checked.error?.issues.map(describe).join("; ")}`,
    "Patch only members that a WS-Federation response has, with a string, a time or a list as it stands there.",
  );
}
