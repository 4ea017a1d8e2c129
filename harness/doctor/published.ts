import { X509Certificate } from "node:crypto";
import { DOMParser } from "@xmldom/xmldom";
import { z } from "zod";
import type { MockIdp } from "../idp/mock-idp.ts";
import { plainRequest } from "../transport/plain-request.ts";
import { withinStage } from "../stage.ts";
import { broken, type Check, doubtful, fine } from "./check.ts";

const discoverySchema = z.looseObject({ issuer: z.string(), jwks_uri: z.url() });
const keysSchema = z.looseObject({ keys: z.array(z.looseObject({ kty: z.string() })).min(1) });

const OVERRIDDEN =
  "Look at serve.overrides and serve.externalUrl: what is published has to be what is trusted.";

const LONGEST_SECONDS = 10;

async function read(url: string, signal: AbortSignal): Promise<string> {
  const request = { method: "GET", url: new URL(url), headers: {} } as const;
  const stage = { what: url, seconds: LONGEST_SECONDS, signal };
  const { status, text } = await withinStage(stage, (limited) => plainRequest(request, limited));
  if (status !== 200) throw new Error(`status ${status}`);
  return text;
}

/** Whether the OIDC side of the IdP can be found by its issuer, and names itself exactly so. */
export async function checkDiscovery({ trust }: MockIdp, signal: AbortSignal): Promise<Check> {
  const url = `${trust.oidcIssuer}/.well-known/openid-configuration`;
  const what = `discovery ${url}`;
  try {
    const { issuer, jwks_uri: jwks } = discoverySchema.parse(JSON.parse(await read(url, signal)));
    const { keys } = keysSchema.parse(JSON.parse(await read(jwks, signal)));
    if (issuer === trust.oidcIssuer) return fine(what, `issuer ${issuer}, ${keys.length} keys`);
    return broken(what, `says issuer ${issuer}, which is not ${trust.oidcIssuer} exactly`, OVERRIDDEN);
  } catch (error) {
    return broken(what, reason(error), OVERRIDDEN);
  }
}

/** Whether the SAML metadata can be read, and names the IdP exactly so. */
export async function checkSamlMetadata({ trust }: MockIdp, signal: AbortSignal): Promise<Check> {
  const what = `metadata ${trust.samlEntityId}`;
  try {
    const document = new DOMParser().parseFromString(await read(trust.samlEntityId, signal), "text/xml");
    const entityId = document.documentElement?.getAttribute("entityID") ?? "none";
    if (entityId === trust.samlEntityId) return fine(what, `entityID ${entityId}`);
    return broken(what, `says entityID ${entityId}, which is not its address exactly`, OVERRIDDEN);
  } catch (error) {
    return broken(what, reason(error), OVERRIDDEN);
  }
}

const SOON_SECONDS = 30 * 24 * 3600;

/**
 * Whether a certificate holds, and for how long.
 *
 * @param now seconds since the epoch
 */
export function checkCertificate(what: string, pem: string, now: number): Check {
  const { validFrom, validTo } = new X509Certificate(pem);
  const from = Date.parse(validFrom) / 1000;
  const to = Date.parse(validTo) / 1000;
  const day = new Date(to * 1000).toISOString().slice(0, 10);
  if (now < from) return broken(what, `holds only from ${validFrom}`, "Set the clock of this machine right.");
  if (now >= to)
    return broken(what, `held until ${day}`, "Renew it; those who check its dates refuse everything.");
  if (to - now < SOON_SECONDS) return doubtful(what, `holds until ${day}, which is soon`, "Renew it.");
  return fine(what, `holds until ${day}`);
}

/** A failure in a few words. */
export function reason(error: unknown): string {
  if (error instanceof z.ZodError) return "is not what it has to be";
  return error instanceof Error ? `cannot be read: ${error.message}` : "cannot be read";
}
