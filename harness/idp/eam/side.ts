import { EAM_KEYS, eamJwk } from "../../emission/eam/keys.ts";
import type { EamAnswer, EamResponseMode } from "../../emission/eam/response.ts";
import type { Emission } from "../../emission/emission.ts";
import { selfSignedCertificate } from "../../emission/keys/certificate.ts";
import { type EmissionKey, type EmissionKeys, makeEmissionKeys } from "../../emission/keys/keys.ts";
import { HarnessError } from "../../errors.ts";
import type { IssueRequest } from "../issue-request.ts";
import type { IssuedArtifact } from "../issued.ts";
import type { IdpParts } from "../parts.ts";
import type { PublishedKeys } from "../published-keys.ts";
import { type KeySet, type KeySetContent, makeKeySet } from "../published-keys.ts";
import { eamIssuer } from "./discovery.ts";
import type { EamOptions, EntraKeys } from "./registration.ts";
import { makeEntraStandIn } from "./stand-in.ts";
import type { EntraStandIn } from "./stand-in.ts";

/** How an answer goes back: the parameters, and the way they travel. */
export interface EamDelivery {
  readonly mode: EamResponseMode;
  readonly fields: Readonly<Record<string, string>>;
}

/** An answer, as it is kept and as it is sent. */
interface EamAnswered {
  readonly issued: IssuedArtifact;
  readonly delivery: EamDelivery;
}

/** The side of the mock IdP that is an external authentication method of Entra. */
export interface EamSide {
  readonly clientId: string;
  /** What a hint may name as its audience. */
  readonly audiences: readonly string[];
  readonly redirectUris: readonly string[];
  /** Undefined when hints are verified with other keys. */
  readonly entra: EntraStandIn | undefined;
  /** Whose hints are taken. */
  readonly hintKeys: () => Promise<EntraKeys>;
  /** What the tokens are signed with; every key has a certificate of its own. */
  readonly keySet: KeySet;
  /** Mints an answer; undefined when the request wants a factor that the emission does not have. */
  readonly answer: (emission: Emission, request: IssueRequest) => Promise<EamAnswered | undefined>;
  /**
   * Mints an answer without any HTTP.
   *
   * @throws TypeError when the request does not say what Entra asked
   * @throws HarnessError when the request wants a factor that the emission does not have
   */
  readonly issue: (emission: Emission, request: IssueRequest) => Promise<IssuedArtifact>;
}

type Answer = EamSide["answer"];

async function standInKeys({ key }: EntraStandIn): Promise<EntraKeys> {
  const { kid, publicKey } = await key();
  return { jwks: { keys: [{ ...publicKey.export({ format: "jwk" }), kid, use: "sig" }] } };
}

function makeAnswer(parts: IdpParts): Answer {
  return async (emission, { user, audience, nonce, eam, now }) => {
    if (nonce === undefined || eam === undefined) {
      throw new TypeError("an answer of channel eam needs a nonce and what Entra asked");
    }
    const { emitEamResponse } = await import("../../emission/eam/response.ts");
    const order = { ...eam, issuer: eamIssuer(parts.base()), audience, nonce, issuedAt: now };
    const answer = await emitEamResponse(emission, order, parts.keys);
    if (answer === undefined) return undefined;
    const returned = answer.state === undefined ? {} : { returnedState: answer.state };
    const asked = { ...eam, ...returned };
    const issued = {
      channel: "eam",
      artifact: answer.idToken,
      user,
      audience,
      nonce,
      eam: asked,
      at: now,
    } as const;
    return { issued, delivery: deliveryOf(answer) };
  };
}

function deliveryOf({ idToken, state, error, mode }: EamAnswer): EamDelivery {
  const fields = {
    ...(idToken === "" ? {} : { id_token: idToken }),
    ...(error === undefined ? {} : { error }),
    ...(state === undefined ? {} : { state }),
  };
  return { mode, fields };
}

function issueWith(answer: Answer): EamSide["issue"] {
  return async (emission, request) => {
    const answered = await answer(emission, request);
    if (answered !== undefined) return answered.issued;
    throw new HarnessError(
      "ERR_SCENARIO_INVALID",
      `no requested method answers ${request.eam?.acrValues.join(", ") ?? "the request"}`,
      "Ask for an acr and an amr that fit each other, or use the profile password-only.",
    );
  };
}

const CERTIFICATE_NAME = "mfa-harness mock external method";

/** The base64 of the DER form (RFC 7517 §4.7). */
function certificateOf(key: EmissionKey, now: number): string {
  return selfSignedCertificate(key, CERTIFICATE_NAME, now).replaceAll(/-----[A-Z ]+-----|\s/g, "");
}

/** Shows each key as Entra wants it; a certificate is made once. */
function showKeys({ certifiedAt }: IdpParts): KeySetContent["show"] {
  const shown = new WeakMap<EmissionKey, PublishedKeys["keys"][number]>();
  return (key) => {
    const jwk = shown.get(key) ?? eamJwk(key, certificateOf(key, certifiedAt()));
    shown.set(key, jwk);
    return jwk;
  };
}

/** Id under which the provider is registered at Entra unless another one is configured. */
const DEFAULT_CLIENT_ID = "mfa-harness";

/** Makes the stand-in whose hints are taken where no other keys are configured; all realms of a process share it. */
export function entraStandIn(
  { clientId = DEFAULT_CLIENT_ID }: EamOptions,
  keys: EmissionKeys = makeEmissionKeys(),
): EntraStandIn {
  return makeEntraStandIn(clientId, keys);
}

/** Makes the EAM side, which issues at once; eam/routes.ts answers what is asked by HTTP. */
export function makeEamSide(parts: IdpParts, options: EamOptions, standIn: EntraStandIn): EamSide {
  const { appId, redirectUris = [], entra: configured } = options;
  const { clientId } = standIn;
  const answer = makeAnswer(parts);
  return {
    clientId,
    audiences: appId === undefined ? [clientId] : [clientId, appId],
    redirectUris,
    entra: configured === undefined ? standIn : undefined,
    hintKeys: async () => configured ?? (await standInKeys(standIn)),
    keySet: makeKeySet({ names: EAM_KEYS, show: showKeys(parts) }, parts),
    answer,
    issue: issueWith(answer),
  };
}
