import { z } from "zod";
import { HarnessError } from "../../errors.ts";
import { type RawText, textOfRaw } from "../json-text.ts";
import type { SamlResponseModel } from "../model.ts";

const raw = z.custom<RawText>((value) => textOfRaw(value) !== undefined);
const written = z.union([z.string(), raw], "expected a string");
const text = written.optional();
const xml = z.string().optional();
const time = z
  .union([z.number(), z.string(), raw], "expected seconds since the epoch or a string")
  .optional();

const subjectSchema = z.strictObject({
  nameId: text,
  format: text,
  nameQualifier: text,
  spNameQualifier: text,
  method: text,
  recipient: text,
  inResponseTo: text,
  notBefore: time,
  notOnOrAfter: time,
  address: text,
  content: xml,
});

const authnStatementSchema = z.strictObject({
  authnInstant: time,
  sessionIndex: text,
  sessionNotOnOrAfter: time,
  classRef: text,
  content: xml,
});

const attributeSchema = z.strictObject({
  name: text,
  nameFormat: text,
  friendlyName: text,
  values: z.array(written).optional(),
  content: xml,
});

const assertionSchema = z.strictObject({
  id: text,
  version: text,
  issueInstant: time,
  issuer: text,
  issuerFormat: text,
  subject: subjectSchema.optional(),
  conditions: z
    .strictObject({
      notBefore: time,
      notOnOrAfter: time,
      audiences: z.array(written).optional(),
      content: xml,
    })
    .optional(),
  authnStatement: authnStatementSchema.optional(),
  furtherAuthnStatements: z.array(authnStatementSchema).optional(),
  attributes: z.array(attributeSchema).optional(),
  content: xml,
});

/** What is signed of a message, and in what form. */
export const signatureSchema = z.strictObject({
  of: z.array(z.enum(["assertion", "response"])).optional(),
  algorithm: z.string().optional(),
  digest: z.string().optional(),
  transforms: z.array(z.string()).optional(),
  keyInfo: z
    .enum(["published", "signing", "several", "key-value", "key-name", "retrieval", "none"])
    .optional(),
  edits: z.array(z.strictObject({ find: z.string().min(1), replace: z.string() })).optional(),
});

const responseSchema = z.strictObject({
  id: text,
  version: text,
  destination: text,
  inResponseTo: text,
  issueInstant: time,
  issuer: text,
  issuerFormat: text,
  extensions: xml,
  status: z.array(written.nullable()).optional(),
  statusMessage: text,
  assertion: assertionSchema.optional(),
  content: xml,
  fractionDigits: z.number().int().min(0).max(12).optional(),
  signature: signatureSchema.optional(),
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
