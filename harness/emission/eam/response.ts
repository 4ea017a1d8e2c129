import { HarnessError } from "../../errors.ts";
import { eamKeyId } from "./keys.ts";
import type { Emission } from "../emission.ts";
import { filled } from "../fill.ts";
import type { EmissionKeys } from "../keys/keys.ts";
import { signAndTamper } from "../token/mint-token.ts";
import type { EamResponseModel } from "../model.ts";
import { patched } from "../patch.ts";
import { eamProfile, type EamFactor, type EamRequirements } from "../profiles/eam.ts";

/** What Entra asked for, and who answers. */
export interface EamOrder extends EamRequirements {
  readonly issuer: string;
  /** `client_id` of the request. */
  readonly audience: string;
  /** `sub` of the id_token_hint. */
  readonly subject: string;
  readonly nonce: string;
  /** Absent: none was sent, so none goes back. */
  readonly state?: string;
  /** Seconds since the epoch. */
  readonly issuedAt: number;
}

/** How an answer may travel; Entra takes a posted form and nothing else (Entra's EAM provider reference). */
const RESPONSE_MODES = ["form_post", "query", "fragment"] as const;

/** The way that one answer takes. */
export type EamResponseMode = (typeof RESPONSE_MODES)[number];

/** What goes back to Entra. */
export interface EamAnswer {
  /** Compact JWS; empty when an error goes back in its place. */
  readonly idToken: string;
  readonly state?: string;
  readonly error?: string;
  readonly mode: EamResponseMode;
}

/** As long as Entra remembers the attempt, seconds (Entra's EAM provider reference). */
const LIFETIME_SECONDS = 300;

function modelOf(order: EamOrder, { acr, amr }: EamFactor, kid: string): EamResponseModel {
  const { issuer, audience, subject, nonce, state, issuedAt } = order;
  const claims = {
    iss: issuer,
    aud: audience,
    sub: subject,
    nonce,
    iat: issuedAt,
    exp: issuedAt + LIFETIME_SECONDS,
    acr,
    amr: [...amr],
  };
  return {
    idToken: { header: { typ: "JWT", alg: "RS256", kid }, claims },
    ...(state === undefined ? {} : { state }),
    responseMode: "form_post",
  };
}

function misfit(member: string, value: unknown, wanted: string): never {
  throw new HarnessError(
    "ERR_SCENARIO_INVALID",
    `After the patches the ${member} is ${JSON.stringify(value)}`,
    `Patch /eamResponse/${member} with ${wanted}, or remove it.`,
  );
}

/** A member beside the token, which a patch may have taken away. */
function text<Name extends "state" | "error">(
  name: Name,
  model: EamResponseModel | undefined,
): { readonly [Key in Name]?: string } {
  const value: unknown = model?.[name];
  if (value === undefined) return {};
  if (typeof value !== "string") return misfit(name, value, "a string");
  const member: { [Key in Name]?: string } = {};
  member[name] = value;
  return member;
}

function checkedMode(mode: unknown = "form_post"): EamResponseMode {
  return (
    RESPONSE_MODES.find((one) => one === mode) ?? misfit("responseMode", mode, RESPONSE_MODES.join(" or "))
  );
}

/**
 * The whole way from an emission to what an external authentication method posts back: profile, patches, signature,
 * tampers.
 *
 * @returns undefined when the request wants a factor that this profile does not have: the provider can only refuse
 * @throws HarnessError when the emission is of another channel, or a patch or tamper does not fit
 */
export async function emitEamResponse(
  emission: Emission,
  order: EamOrder,
  keys: EmissionKeys,
): Promise<EamAnswer | undefined> {
  if (emission.channel !== "eam") {
    throw new HarnessError(
      "ERR_SCENARIO_INVALID",
      `An emission of the channel ${emission.channel} is no answer of an external authentication method`,
      "Choose an emission of that channel, or set the channel of the emission to eam.",
    );
  }
  const factor = eamProfile(emission.profile, order);
  if (factor === undefined) return undefined;
  const model = modelOf(order, factor, eamKeyId(await keys.published()));
  const { issuer, issuedAt: now } = order;
  const eamResponse = patched("eamResponse", model, await filled(emission.patch, { keys, issuer, now }));
  const beside = { ...text("state", eamResponse), ...text("error", eamResponse) };
  const refuses = beside.error !== undefined && eamResponse?.idToken === undefined;
  const idToken = refuses ? "" : await signAndTamper(eamResponse?.idToken, emission, keys);
  return { idToken, ...beside, mode: checkedMode(eamResponse?.responseMode) };
}
