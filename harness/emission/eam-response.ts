import { HarnessError } from "../errors.ts";
import { eamKeyId } from "./eam-keys.ts";
import type { Emission } from "./emission.ts";
import type { EmissionKeys } from "./keys.ts";
import { signAndTamper } from "./mint-token.ts";
import type { EamResponseModel } from "./model.ts";
import { patched } from "./patch.ts";
import { eamProfile, type EamFactor, type EamRequirements } from "./profiles/eam.ts";

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

/** What is posted back to Entra. */
export interface EamAnswer {
  /** Compact JWS. */
  readonly idToken: string;
  readonly state?: string;
}

/** As long as Entra remembers the attempt, seconds (fact sheet, 5.6). */
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
  };
}

function checkedState(state: unknown): { readonly state?: string } {
  if (state === undefined) return {};
  if (typeof state === "string") return { state };
  throw new HarnessError(
    "ERR_SCENARIO_INVALID",
    `After the patches the state is ${JSON.stringify(state)}`,
    "Patch /eamResponse/state with a string, or remove it.",
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
  const eamResponse = patched("eamResponse", model, emission.patch);
  const idToken = await signAndTamper(eamResponse?.idToken, emission, keys);
  return { idToken, ...checkedState(eamResponse?.state) };
}
