import { z } from "zod";
import { HarnessError } from "../errors.ts";
import type { SamlResponseModel } from "./model.ts";

const text = z.string().optional();
const time = z.union([z.number(), z.string()], "expected seconds since the epoch or a string").optional();

const assertionSchema = z.strictObject({
  id: text,
  issueInstant: time,
  issuer: text,
  subject: z
    .strictObject({ nameId: text, format: text, recipient: text, inResponseTo: text, notOnOrAfter: time })
    .optional(),
  conditions: z
    .strictObject({ notBefore: time, notOnOrAfter: time, audiences: z.array(z.string()).optional() })
    .optional(),
  authnStatement: z.strictObject({ authnInstant: time, sessionIndex: text, classRef: text }).optional(),
  attributes: z
    .array(z.strictObject({ name: z.string(), nameFormat: text, values: z.array(z.string()) }))
    .optional(),
});

const responseSchema = z.strictObject({
  id: text,
  destination: text,
  inResponseTo: text,
  issueInstant: time,
  issuer: text,
  status: z.array(z.string()).optional(),
  assertion: assertionSchema.optional(),
});

function describe(issue: z.core.$ZodIssue): string {
  return `/samlResponse${issue.path.map((part) => `/${String(part)}`).join("")}: ${issue.message}`;
}

/**
 * The response in a patched model, known to be one that XML can be written from.
 *
 * @throws HarnessError when a patch took the response away, or gave it a member or a type that it cannot have
 */
export function checkedSamlResponse(samlResponse: SamlResponseModel | undefined): SamlResponseModel {
  const checked = responseSchema.safeParse(samlResponse);
  if (samlResponse !== undefined && checked.success) return samlResponse;
  throw new HarnessError(
    "ERR_SCENARIO_INVALID",
    `After the patches this is no SAML response: ${checked.error?.issues.map(describe).join("; ")}`,
    "Patch only members that a SAML response has, with a string, a time or a list as it stands there.",
  );
}
