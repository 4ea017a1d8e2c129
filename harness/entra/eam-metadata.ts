import { X509Certificate } from "node:crypto";
import { z } from "zod";

/** How a provider is registered in a tenant. */
export interface EamRegistration {
  /** As the administrator enters it. */
  readonly discoveryUrl: string;
  /** The id that the provider gave Entra. */
  readonly clientId: string;
}

/** A key of the provider, as it is published. */
type ProviderKey = z.infer<typeof keySchema>;

/** What Entra keeps of a provider for a day. */
export interface ProviderMetadata {
  readonly issuer: string;
  readonly authorizationEndpoint: string;
  readonly keys: readonly ProviderKey[];
}

const SUFFIX = "/.well-known/openid-configuration";
const FETCH_MILLISECONDS = 5000;

const includes = (wanted: string) => z.array(z.string()).refine((values) => values.includes(wanted));

const discoverySchema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  jwks_uri: z.url(),
  scopes_supported: includes("openid"),
  response_types_supported: includes("id_token"),
  subject_types_supported: z.array(z.string()).min(1),
  id_token_signing_alg_values_supported: includes("RS256"),
  claim_types_supported: includes("normal").optional(),
});

const keySchema = z.looseObject({
  kty: z.literal("RSA"),
  kid: z.base64().min(1),
  n: z.base64url().min(1),
  e: z.base64url().min(1),
  x5c: z.array(z.base64()).min(1),
});

const jwksSchema = z.object({ keys: z.array(z.unknown()).min(1) });

function isLoopback({ hostname }: URL): boolean {
  return hostname === "127.0.0.1" || hostname === "localhost" || hostname === "[::1]";
}

/** Entra takes HTTPS alone; on this machine plain HTTP does. Neither may carry a query or a fragment. */
function checkUrl(what: string, text: string): void {
  const url = URL.parse(text);
  if (url === null) throw new Error(`${what} is no URL`);
  if (url.protocol !== "https:" && !isLoopback(url)) throw new Error(`${what} is not an HTTPS URL`);
  if (text.includes("?") || text.includes("#")) throw new Error(`${what} has a query or a fragment`);
}

async function fetchJson(what: string, url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_MILLISECONDS), redirect: "error" });
  if (response.status !== 200) throw new Error(`${what} answers ${response.status}`);
  const text = await response.text();
  const length = response.headers.get("content-length");
  if (length !== String(Buffer.byteLength(text))) throw new Error(`${what} has no valid Content-Length`);
  try {
    const document: unknown = JSON.parse(text);
    return document;
  } catch (cause) {
    throw new Error(`${what} is not JSON`, { cause });
  }
}

function parsed<Value>(what: string, schema: z.ZodType<Value>, input: unknown): Value {
  const found = schema.safeParse(input);
  if (found.success) return found.data;
  const names = found.error.issues.map(({ path }) => path.join(".") || "object");
  throw new Error(`${what} has no usable ${names.join(", ")}`);
}

function certifies({ x5c: [first = ""], n, e }: ProviderKey): boolean {
  try {
    const { publicKey } = new X509Certificate(Buffer.from(first, "base64"));
    const jwk = publicKey.export({ format: "jwk" });
    return jwk.n === n && jwk.e === e;
  } catch {
    return false;
  }
}

function readKeys(jwks: unknown): readonly ProviderKey[] {
  const keys = parsed("the JWK Set", jwksSchema, jwks).keys;
  const read = keys.map((key, index) => parsed(`key ${index + 1} of the JWK Set`, keySchema, key));
  const other = read.find((key) => !certifies(key));
  if (other !== undefined) throw new Error(`x5c of the key ${other.kid} is not its certificate`);
  return read;
}

/**
 * Fetches what Entra reads of a provider and checks all that it demands (Entra's EAM provider reference).
 *
 * @throws Error with the reason when the provider cannot be used
 */
export async function fetchProvider({ discoveryUrl }: EamRegistration): Promise<ProviderMetadata> {
  checkUrl("the discovery URL", discoveryUrl);
  if (!discoveryUrl.endsWith(SUFFIX)) throw new Error(`the discovery URL does not end with ${SUFFIX}`);
  const configured = discoveryUrl.slice(0, -SUFFIX.length);
  const what = "the discovery document";
  const document = parsed(what, discoverySchema, await fetchJson(what, discoveryUrl));
  const { issuer, authorization_endpoint: authorizationEndpoint, jwks_uri: jwksUri } = document;
  if (issuer !== configured) throw new Error(`the issuer ${issuer} is not the configured ${configured}`);
  // The endpoint is the reply URL of the provider's own registration, so it is the provider's (AADSTS50161).
  if (authorizationEndpoint !== `${configured}/authorize`) {
    throw new Error(`AADSTS50161: the endpoint ${authorizationEndpoint} is not registered`);
  }
  checkUrl("the JWK Set URL", jwksUri);
  return { issuer, authorizationEndpoint, keys: readKeys(await fetchJson("the JWK Set", jwksUri)) };
}
