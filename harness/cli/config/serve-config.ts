import { z } from "zod";
import { overridesSchema } from "../../idp/overrides.ts";
import { SIGN_IN_MODES } from "../../idp/sign-in/mode.ts";
import { relyingPartySchema } from "../../idp/relying-party-schema.ts";
import { eamSchema, mfaBehaviorSchema, wsFedRealmSchema } from "./federation-config.ts";

/** The section `serve` of a configuration file. */
export const serveSchema = z.strictObject({
  port: z.number().int().min(1).max(65_535).optional().describe("Default: any free one"),
  host: z.string().min(1).optional().describe("Address to listen on; default 127.0.0.1"),
  https: z.boolean().optional().describe("Talk https, with an authority made at start"),
  caFile: z.string().min(1).optional().describe("Where the certificate of that authority is written to"),
  externalUrl: z.string().min(1).optional().describe("The URL under which others reach the IdP"),
  apiToken: z.string().min(1).optional().describe("What the live API demands"),
  redis: z
    .string()
    .min(1)
    .optional()
    .describe("redis:// URL where replicas behind one external URL keep their state, private keys too"),
  signIn: z
    .enum(SIGN_IN_MODES)
    .optional()
    .describe("Who answers a sign-in: a person or a driver on a page, or nobody, automatic; default page"),
  now: z
    .union([z.number().int(), z.iso.datetime({ offset: true })])
    .optional()
    .describe("Where the IdP's clock starts: seconds since the epoch or ISO 8601"),
  overrides: overridesSchema.optional().describe("Patches of what the IdP publishes, e.g. /discovery/issuer"),
  relyingParties: z
    .array(relyingPartySchema)
    .optional()
    .describe("Clients of OpenID Connect; others are served while their redirect URIs are on loopback"),
  serviceProviders: z.array(z.string()).optional().describe("SAML metadata files"),
  wsFedRealms: z
    .array(wsFedRealmSchema)
    .optional()
    .describe("Realms of WS-Federation whose answers leave this machine"),
  eam: eamSchema.optional().describe("How the external authentication method is registered at Entra"),
  federatedIdpMfaBehavior: mfaBehaviorSchema
    .optional()
    .describe("Whose MFA counts in the federated domain that is served beside the IdP"),
});

/** What `serve` is told by a file. */
export type ServeConfig = Readonly<z.output<typeof serveSchema>>;
