import { z } from "zod";
import { CHANNELS } from "../../emission/channels.ts";
import { addressSchema, checkConsent, consentShape } from "./address.ts";
import { startedSchema } from "./started.ts";
import { codesSchema, jsonSchema, patternSchema, patternsSchema, pointerSchema } from "./decide.ts";

const started = startedSchema.optional();

/** Which readers a target is. */
const channelsSchema = z.array(z.enum(CHANNELS)).min(1).describe("What the target reads");

const asked = z
  .strictObject({
    audience: z.string().min(1).optional(),
    nonce: z.string().min(1).optional(),
    requestId: z.string().min(1).optional(),
    assertionConsumerService: z.string().min(1).optional(),
  })
  .optional()
  .describe("What artifacts are made for, where the target is set to expect something of its own");

/** Where an answer names the user whose artifact it was. */
const named = z
  .strictObject({
    json: pointerSchema.optional().describe("The member that names the user"),
    regex: patternSchema.optional().describe("The first group names the user"),
  })
  .refine(({ json, regex }) => (json === undefined) !== (regex === undefined), "expected one of json, regex");

const READY = ["jose", "openid-client", "node-saml", "samlify"] as const;

/** Validation libraries that an adapter is there for. */
export type ReadyAdapter = (typeof READY)[number];

/** Whether an adapter of this name comes with the harness. */
export function isReadyAdapter(name: string): name is ReadyAdapter {
  return READY.some((ready) => ready === name);
}

/** Our judge, or another validation library through an adapter. */
export const libraryDefinition = z
  .strictObject({
    kind: z.literal("library"),
    adapter: z
      .string()
      .refine((name) => isReadyAdapter(name) || /^\.{0,2}\//.test(name), {
        message: `expected ${READY.join(", ")}, or a module such as ./my-adapter.ts`,
      })
      .optional()
      .describe("Another validation library, by name or by a module with one function; absent: our judge"),
    channels: channelsSchema.optional(),
    asked,
  })
  .superRefine(({ adapter, channels }, context) => {
    if (adapter === undefined || isReadyAdapter(adapter) || channels !== undefined) return;
    const message = "expected channels beside an adapter of one's own: what it reads";
    context.addIssue({ code: "custom", path: ["adapter"], message });
  });

/** A program that is run once for each artifact. */
export const commandDefinition = z.strictObject({
  kind: z.literal("command"),
  channels: channelsSchema,
  run: z
    .array(z.string())
    .min(1)
    .describe("Program and arguments, no shell; {artifact}, {issuer}, {audience}, {nonce} are filled in"),
  artifact: z
    .enum(["input", "file", "argument", "environment"])
    .default("input")
    .describe(
      "How it gets the artifact: {artifact} is the file's path or the text, else MFA_HARNESS_ARTIFACT",
    ),
  exitCode: codesSchema
    .optional()
    .describe(
      "Default, where nothing else decides: 0 accepts, 1 refuses, unless its words are those of a crash",
    ),
  output: patternsSchema.optional().describe("Searched in standard output and standard error"),
  json: jsonSchema.optional().describe("A member of the JSON on standard output"),
  signedIn: named
    .optional()
    .describe(
      "Where standard output names the user, by e-mail address: another one was taken for somebody else",
    ),
  cwd: z.string().min(1).optional().describe("Folder it runs in; default: this one"),
  env: z.record(z.string(), z.string()).optional().describe("Variables of its environment, besides"),
  timeoutSeconds: z.number().positive().max(600).default(10),
  command: started.describe("What the harness starts and stops beside it, such as a service that it asks"),
  asked,
});

/** An endpoint that takes a bearer token. */
export const apiDefinition = z
  .strictObject({
    kind: z.literal("api"),
    url: addressSchema.describe("Asked with Authorization: Bearer and the token"),
    method: z.enum(["GET", "POST"]).default("GET"),
    channels: z
      .array(z.enum(["oidc", "partner-api", "eam"]))
      .min(1)
      .default(["partner-api"]),
    headers: z.record(z.string(), z.string()).optional().describe("Sent besides"),
    status: codesSchema.optional().describe("Default: 200 to 204 accept, 401 and 403 refuse"),
    header: patternsSchema
      .extend({ name: z.string().min(1) })
      .optional()
      .describe("Default: WWW-Authenticate that asks for another sign-in challenges"),
    body: patternsSchema.optional(),
    json: jsonSchema.optional(),
    signedIn: named
      .optional()
      .describe("Where the body names the user, by e-mail address: another one was taken for somebody else"),
    command: started.describe("The harness starts and stops the API"),
    asked,
    ...consentShape,
  })
  .superRefine(({ url, ...rest }, context) => {
    checkConsent(rest, { url, "command.ready": rest.command?.ready }, (path, message) =>
      context.addIssue({ code: "custom", path: [...path], message }),
    );
  });

/** Where an answer names a user. */
export type NamedPlace = Readonly<z.output<typeof named>>;
/** A validation library as a target. */
export type LibraryDefinition = Readonly<z.output<typeof libraryDefinition>>;
/** A program as a target. */
export type CommandDefinition = Readonly<z.output<typeof commandDefinition>>;
/** An endpoint as a target. */
export type ApiDefinition = Readonly<z.output<typeof apiDefinition>>;
