import { z } from "zod";
import { CHANNELS } from "../../emission/channels.ts";
import { emissionSchema } from "../../emission/emission.ts";
import { isXmlText } from "../../emission/xml/xml.ts";
import { relyingPartySchema } from "../relying-party-schema.ts";

const scenario = z.string().min(1).max(200).describe("Id of a scenario in the catalogue");

/** The emission of a scenario. */
export const scenarioSchema = z.strictObject({ scenario });

const named = { emission: emissionSchema.optional(), scenario: scenario.optional() };

function exactlyOne(
  { emission, scenario: id }: { emission?: unknown; scenario?: unknown },
  context: z.RefinementCtx,
): void {
  if ((emission === undefined) !== (id === undefined)) return;
  context.addIssue({ code: "custom", path: ["emission"], message: "expected either emission or scenario" });
}

/** An emission that gets a line of its own on the sign-in page. */
export const offerSchema = z
  .strictObject({
    ...named,
    title: z.string().min(1).max(200).describe("What the sign-in page calls it"),
  })
  .superRefine(exactlyOne);

const text = z.string().min(1).max(2000).refine(isXmlText, "expected characters that XML can hold");

const eamSchema = z.strictObject({
  subject: text.describe("sub of the id_token_hint"),
  acrValues: z.array(text).max(20),
  amrValues: z.array(text).max(20),
  state: z.string().max(2000).exactOptional(),
});

/** What is to be signed, and for whom. */
export const issueSchema = z
  .strictObject({
    ...named,
    user: text.describe("The user it speaks about"),
    audience: text.describe("Client id, entity id or realm"),
    nonce: text.exactOptional().describe("Needed for channel eam"),
    requestId: text.exactOptional().describe("Id of the SAML request it answers"),
    assertionConsumerService: text.exactOptional(),
    eam: eamSchema.exactOptional().describe("What Entra asked; needed for channel eam"),
    now: z.number().int().exactOptional().describe("Seconds since the epoch; default the IdP's clock"),
  })
  .superRefine(exactlyOne);

/** Whose artifacts are listed. */
export const issuedQuerySchema = z.strictObject({ choice: z.string().min(1).describe("Id of a choice") });

/** Ways of a path. */
export const pathSchemas = { scenario, choice: z.string().min(1).describe("Id of an offer") } as const;

const channel = z.enum(CHANNELS);

const inUseSchema = z.object({
  choice: z.string(),
  emission: emissionSchema,
  scenario: z.string().optional(),
});

const performedSchema = z.object({
  user: z.string(),
  methods: z.array(z.string()),
  at: z.number(),
});

const issuedSchema = z.object({
  channel,
  artifact: z.string().describe("JWT in compact form, or decoded XML"),
  user: z.string(),
  signedName: z.string().optional().describe("The name that was signed, where it is another than was typed"),
  audience: z.string(),
  nonce: z.string().optional(),
  requestId: z.string().optional(),
  assertionConsumerService: z.string().optional(),
  eam: eamSchema.extend({ returnedState: z.string().optional() }).optional(),
  asked: z
    .record(z.string(), z.string())
    .optional()
    .describe("What the request named; absent: there was none"),
  performed: performedSchema.optional().describe("What the person did; absent: issued without a sign-in"),
  at: z.number(),
});

const parameters = z.record(z.string(), z.string());

const entrySchema = z.object({
  at: z.number(),
  method: z.string(),
  path: z.string(),
  status: z.number().int().describe("0: nobody waited for the answer"),
  durationMilliseconds: z.number(),
  protocol: z.enum(["oidc", "saml", "wsfed", "eam", "api"]).optional(),
  channel: channel.optional(),
  who: z.string().optional(),
  choice: z.string().optional(),
  scenario: z.string().optional(),
  issued: z.array(z.string()).describe("Kinds of what was signed"),
  parameters,
  location: z.string().optional(),
  locationParameters: parameters.optional(),
});

const catalogueSchema = z.object({
  id: z.string(),
  title: z.string(),
  channel,
  severity: z.string().optional(),
  covers: z.array(z.string()),
  urls: z.object({
    oidcDiscovery: z.url(),
    samlMetadata: z.url(),
    wsFedMetadata: z.url(),
    eamDiscovery: z.url(),
  }),
});

const problemSchema = z.object({
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  hint: z.string(),
  code: z.string().optional(),
  problems: z
    .array(z.object({ place: z.string(), found: z.string().optional(), expected: z.string() }))
    .optional(),
});

const moment = z
  .union(
    [z.number().int(), z.iso.datetime({ offset: true })],
    "expected seconds since the epoch or a date and time",
  )
  .transform((value) => (typeof value === "number" ? value : Math.floor(Date.parse(value) / 1000)));

const frozen = z.boolean().exactOptional().describe("Whether it stands still from then on; default: no");

/** Where the clock is set to. */
export const clockSettingSchema = z.union([
  z.strictObject({ now: moment.describe("Seconds since the epoch, or ISO 8601"), frozen }),
  z.strictObject({ shift: z.number().int().describe("Seconds later; negative: earlier"), frozen }),
]);

/** How the signing key makes way for the next one. */
export const keyRotationSchema = z.strictObject({
  overlap: z.boolean().default(true).describe("Whether the key so far is still published"),
});

const clockSchema = z.object({
  now: z.number().describe("Seconds since the epoch"),
  frozen: z.boolean(),
  ahead: z.number().describe("Seconds by which it is ahead of the machine's clock"),
});

/** What the API takes and answers, by the names its description uses. */
export const API_SCHEMAS = {
  Emission: emissionSchema,
  ScenarioChoice: scenarioSchema,
  Offer: offerSchema,
  IssueRequest: issueSchema,
  InUse: z.partialRecord(channel, inUseSchema),
  Offered: z.object({ choice: z.string() }),
  Offers: z.array(z.object({ choice: z.string(), title: z.string(), channel })),
  Issued: issuedSchema,
  IssuedList: z.array(issuedSchema),
  Journal: z.array(entrySchema),
  Catalogue: z.array(catalogueSchema),
  RelyingParty: relyingPartySchema,
  Clock: clockSchema,
  ClockSetting: clockSettingSchema,
  KeyRotation: keyRotationSchema,
  SigningKeys: z.object({
    kids: z.array(z.string()).describe("Of the JWK Set, the one that signs first, then those it followed"),
  }),
  Health: z.object({ status: z.enum(["up", "starting", "failed"]) }),
  Problem: problemSchema,
} as const;

/** The name of a schema in the description. */
export type SchemaName = keyof typeof API_SCHEMAS;
