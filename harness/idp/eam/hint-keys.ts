import {
  createLocalJWKSet,
  createRemoteJWKSet,
  type CryptoKey,
  type FlattenedJWSInput,
  type JWSHeaderParameters,
} from "jose";
import { z } from "zod";
import { HarnessError } from "../../errors.ts";
import type { PublishedKeys } from "../published-keys.ts";
import type { EntraKeys } from "./registration.ts";
import { ENTRA_ISSUER } from "./stand-in.ts";

/** Who may sign a hint. */
export interface HintKeys {
  /** With `{tenantid}` where the tenant stands. */
  readonly issuer: string;
  /** Finds the key of a token; rejects when there is none, or it cannot be fetched. */
  readonly find: (header: JWSHeaderParameters, token: FlattenedJWSInput) => Promise<CryptoKey>;
}

/** Entra's metadata changes rarely, and a request waits for it. */
const FETCH_MILLISECONDS = 5000;
const CACHE_MILLISECONDS = 24 * 3600 * 1000;

const metadataSchema = z.object({ issuer: z.string().min(1), jwks_uri: z.url({ protocol: /^https?$/ }) });
const keySchema = z.looseObject({ kty: z.string() });

async function fetchKeys(metadataUrl: string): Promise<HintKeys> {
  const response = await fetch(metadataUrl, { signal: AbortSignal.timeout(FETCH_MILLISECONDS) });
  if (!response.ok) throw new Error(`${metadataUrl} answers ${response.status}`);
  const { issuer, jwks_uri: jwksUri } = metadataSchema.parse(await response.json());
  const options = { cacheMaxAge: CACHE_MILLISECONDS, timeoutDuration: FETCH_MILLISECONDS };
  return { issuer, find: createRemoteJWKSet(new URL(jwksUri), options) };
}

function keysIn({ keys }: PublishedKeys): HintKeys["find"] {
  try {
    return createLocalJWKSet({ keys: z.array(keySchema).parse(keys) });
  } catch (cause) {
    const hint = "Give the JWK Set of Entra as it is published: an object with keys.";
    throw new HarnessError("ERR_CONFIG_INVALID", "eam.entra.jwks is no JWK Set", hint, { cause });
  }
}

/**
 * Makes the key set that hints are verified with; metadata is fetched once, and again after a failure.
 *
 * @returns a function that rejects when the metadata cannot be had
 * @throws HarnessError when the keys given are no JWK Set
 */
export function makeHintKeys(entra: EntraKeys): () => Promise<HintKeys> {
  if ("jwks" in entra) {
    const { issuer = ENTRA_ISSUER } = entra;
    const keys = { issuer, find: keysIn(entra.jwks) };
    return () => Promise.resolve(keys);
  }
  let fetching: Promise<HintKeys> | undefined;
  return async () => {
    const keys = (fetching ??= fetchKeys(entra.metadataUrl));
    keys.catch(() => (fetching = undefined));
    return await keys;
  };
}
