import { z } from "zod";
import type { EamRequirements } from "../../emission/profiles/eam.ts";
import { HarnessError } from "../../errors.ts";
import { isOnThisMachine } from "../answer-address.ts";
import { RequestRefusal } from "../refusal.ts";
import { readClaimsRequest } from "./claims.ts";
import { EamFailure } from "./failure.ts";
import type { HintKeys } from "./hint-keys.ts";
import { readHint, type HintedUser } from "./hint.ts";

/** What requests are measured by. */
export interface EamSettings {
  readonly clientId: string;
  /** What a hint may name as its audience. */
  readonly audiences: readonly string[];
  readonly redirectUris: readonly string[];
  readonly keys: () => Promise<HintKeys>;
  /** Seconds since the epoch. */
  readonly now: () => number;
}

/** Where an answer goes, of a request that may be wrong in everything else. */
export interface EamReturn {
  readonly redirectUri: string;
  /** Exactly as received; undefined: none was. */
  readonly state: string | undefined;
}

/** A request that will be answered. */
export interface EamRequest extends EamRequirements {
  readonly clientId: string;
  readonly nonce: string;
  readonly user: HintedUser;
  /** Hidden fields of the sign-in page: the request again, as it came. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Entra's own in the global, the US government and the 21Vianet cloud (Entra's EAM provider reference). */
const ENTRA_REDIRECT_URIS: readonly string[] = [
  "https://login.microsoftonline.com/common/federation/externalauthprovider",
  "https://login.microsoftonline.us/common/federation/externalauthprovider",
  "https://login.partner.microsoftonline.cn/common/federation/externalauthprovider",
];

const returnSchema = z.object({
  client_id: z.string(),
  redirect_uri: z.string(),
  state: z.string().optional().catch(undefined),
});

/** All that is read (Entra's EAM provider reference); every other parameter is ignored. */
const requestSchema = z.object({
  client_id: z.string(),
  redirect_uri: z.string(),
  scope: z.string(),
  response_type: z.string(),
  response_mode: z.literal("form_post"),
  nonce: z.string().min(1),
  id_token_hint: z.string().min(1),
  claims: z.string().min(1),
  state: z.string().optional(),
  "client-request-id": z.string().optional(),
});

/**
 * Reads who asks and where the answer goes.
 *
 * @param input form as the web framework parsed it
 * @throws RequestRefusal when the redirect URI cannot be trusted, so that not even an error may go there
 */
export function readEamReturn(input: unknown, settings: EamSettings): EamReturn {
  const parsed = returnSchema.safeParse(input);
  if (!parsed.success) throw new RequestRefusal("The request lacks a usable client_id and redirect_uri");
  const { client_id: clientId, redirect_uri: redirectUri, state } = parsed.data;
  if (clientId !== settings.clientId) throw new RequestRefusal(`The client ${clientId} is not known here`);
  const known = [...ENTRA_REDIRECT_URIS, ...settings.redirectUris].includes(redirectUri);
  if (known || isOnThisMachine(redirectUri)) return { redirectUri, state };
  throw new RequestRefusal(`${redirectUri} is none of Entra's redirect URIs, nor on this machine`);
}

/**
 * Reads the rest of a request.
 *
 * @throws EamFailure when it is to be answered with an error
 * @see OIDC Core §3.2.2.1
 */
export async function readEamRequest(input: unknown, settings: EamSettings): Promise<EamRequest> {
  const parsed = requestSchema.safeParse(input);
  if (!parsed.success) {
    const names = parsed.error.issues.map(({ path }) => path.join("."));
    throw new EamFailure("invalid_request", `no usable ${names.join(", ")}`);
  }
  const { data } = parsed;
  if (data.response_type.toLowerCase() !== "id_token") {
    throw new EamFailure("unsupported_response_type", "only id_token is issued here");
  }
  if (!data.scope.split(" ").includes("openid")) {
    throw new EamFailure("invalid_scope", "the scope openid is missing");
  }
  const requirements = readClaimsRequest(data.claims);
  const { audiences } = settings;
  const keys = await hintKeys(settings);
  const user = await readHint(data.id_token_hint, keys, { audiences, now: settings.now() });
  const fields = Object.entries(data).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  const { client_id: clientId, nonce } = data;
  return { ...requirements, clientId, nonce, user, fields: Object.fromEntries(fields) };
}

async function hintKeys(settings: EamSettings): Promise<HintKeys> {
  try {
    return await settings.keys();
  } catch (cause) {
    if (cause instanceof HarnessError) throw cause;
    throw new EamFailure("temporarily_unavailable", "the metadata of Entra cannot be had", { cause });
  }
}
