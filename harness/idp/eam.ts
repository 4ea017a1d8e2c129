import { eamJwk } from "../emission/eam-keys.ts";
import type { Emission } from "../emission/emission.ts";
import { HarnessError } from "../errors.ts";
import { eamIssuer } from "./eam-discovery.ts";
import { makeEntraStandIn } from "./eam-stand-in.ts";
import type { IssuedArtifact } from "./issued.ts";
import type { EamOptions, EntraKeys, EntraStandIn, IssueRequest, PublishedKeys } from "./mock-idp.ts";
import type { IdpParts } from "./parts.ts";
import type { SamlCredentials } from "./saml-credentials.ts";

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
  /** What is published, and what the tokens are signed with. */
  readonly jwks: () => Promise<PublishedKeys>;
  /** Mints an answer; undefined when the request wants a factor that the emission does not have. */
  readonly answer: (emission: Emission, request: IssueRequest) => Promise<IssuedArtifact | undefined>;
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
    const { emitEamResponse } = await import("../emission/eam-response.ts");
    const order = { ...eam, issuer: eamIssuer(parts.base()), audience, nonce, issuedAt: now };
    const answer = await emitEamResponse(emission, order, parts.keys);
    if (answer === undefined) return undefined;
    const returned = answer.state === undefined ? {} : { returnedState: answer.state };
    const asked = { ...eam, ...returned };
    return { channel: "eam", artifact: answer.idToken, user, audience, nonce, eam: asked, at: now };
  };
}

function issueWith(answer: Answer): EamSide["issue"] {
  return async (emission, request) => {
    const issued = await answer(emission, request);
    if (issued !== undefined) return issued;
    throw new HarnessError(
      "ERR_SCENARIO_INVALID",
      `no requested method answers ${request.eam?.acrValues.join(", ") ?? "the request"}`,
      "Ask for an acr and an amr that fit each other, or use the profile password-only.",
    );
  };
}

/** Makes the EAM side, which issues at once; eam-routes.ts answers what is asked by HTTP. */
export function makeEamSide(parts: IdpParts, credentials: SamlCredentials, options: EamOptions): EamSide {
  const { clientId = "mfa-harness", appId, redirectUris = [], entra: configured } = options;
  const standIn = makeEntraStandIn(clientId);
  const answer = makeAnswer(parts);
  return {
    clientId,
    audiences: appId === undefined ? [clientId] : [clientId, appId],
    redirectUris,
    entra: configured === undefined ? standIn : undefined,
    hintKeys: async () => configured ?? (await standInKeys(standIn)),
    jwks: async () => {
      const { certificate } = await credentials.signer("published");
      return { keys: [eamJwk(await parts.keys.published(), certificate)] };
    },
    answer,
    issue: issueWith(answer),
  };
}
