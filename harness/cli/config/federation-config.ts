import { z } from "zod";
import { MFA_BEHAVIORS } from "../../entra/mfa-behavior.ts";

/** A realm of WS-Federation whose answers leave this machine. */
export const wsFedRealmSchema = z.strictObject({
  realm: z.string().min(1).describe("wtrealm, e.g. urn:federation:MicrosoftOnline"),
  replyUrls: z
    .tuple([z.url()], z.url())
    .describe("Where answers may go; the first when a request names none"),
});

const keys = z.strictObject({ keys: z.array(z.record(z.string(), z.json())).min(1) });

/** How the external authentication method is registered at Entra, and whose hints it takes. */
export const eamSchema = z.strictObject({
  clientId: z.string().min(1).optional().describe("The id the provider gave Entra; default mfa-harness"),
  appId: z.string().min(1).optional().describe("Application id, which a hint may name as its audience"),
  redirectUris: z.array(z.url()).optional().describe("Besides those of Entra and of this machine"),
  entra: z
    .union([
      z.strictObject({ metadataUrl: z.url({ protocol: /^https?$/ }) }),
      z.strictObject({ jwks: keys, issuer: z.string().min(1).optional() }),
    ])
    .optional()
    .describe("Whose hints are taken; default: the stand-in that is served beside the IdP"),
});

/** Whose MFA counts in the federated domain that is served beside the IdP. */
export const mfaBehaviorSchema = z.enum(MFA_BEHAVIORS);
