import express, { type Express } from "express";
import type { Emission } from "../emission/emission.ts";
import { mintAccessToken, mintIdToken } from "../emission/mint-token.ts";
import { endpoint } from "./endpoint.ts";
import type { IssuedArtifact } from "./issued.ts";
import type { IssueRequest, RelyingPartyRegistration } from "./mock-idp.ts";
import type { OidcEngine } from "./oidc-engine.ts";
import { USER_IMPERSONATION } from "./oidc-partner-api.ts";
import { makeRelyingParties } from "./oidc-relying-parties.ts";
import { userClaims } from "./oidc-user-claims.ts";
import type { IdpParts } from "./parts.ts";

/** The OIDC side of the mock IdP. */
export interface OidcSide {
  readonly register: (relyingParty: RelyingPartyRegistration) => void;
  /** Mints an ID token or, for channel `partner-api`, an access token, without any HTTP. */
  readonly issue: (emission: Emission, request: IssueRequest) => Promise<IssuedArtifact>;
}

/** The partner app that tokens issued without HTTP name as theirs (fact sheet, 1.6). */
const APPLICATION_ID = "00000000-aaaa-bbbb-cccc-000000000001";

async function mint(emission: Emission, request: IssueRequest, parts: IdpParts): Promise<string> {
  const { audience, nonce, now, user } = request;
  const issuer = `${parts.origin()}/oidc`;
  const shared = { issuer, audience, issuedAt: now };
  if (emission.channel === "partner-api") {
    const application = { applicationId: APPLICATION_ID, applicationAuthentication: "0" } as const;
    const grant = { ...shared, ...application, user, scope: USER_IMPERSONATION };
    return await mintAccessToken(emission, grant, parts.keys);
  }
  const claims = { ...userClaims(user), ...(nonce === undefined ? {} : { nonce }) };
  return await mintIdToken(emission, { ...shared, claims, authenticatedAt: now, acrValues: [] }, parts.keys);
}

async function issue(emission: Emission, request: IssueRequest, parts: IdpParts): Promise<IssuedArtifact> {
  const { user, audience, nonce, now } = request;
  const artifact = await mint(emission, request, parts);
  const asked = nonce === undefined ? { user, audience } : { user, audience, nonce };
  return { channel: emission.channel, artifact, ...asked, at: now };
}

/**
 * Mounts the OIDC side at `/oidc`.
 *
 * oidc-provider is loaded by the first request to it, so that a run that never signs in by HTTP does not pay for it.
 */
export function mountOidc(
  app: Express,
  parts: IdpParts,
  known: readonly RelyingPartyRegistration[],
): OidcSide {
  const relyingParties = makeRelyingParties(known);
  const { keys, now, record } = parts;
  let loading: Promise<OidcEngine> | undefined;
  const load = async (): Promise<OidcEngine> => {
    const { makeOidcEngine } = await import("./oidc-engine.ts");
    return await makeOidcEngine({ origin: parts.origin(), relyingParties, keys, now, record });
  };
  const engine = (): Promise<OidcEngine> => (loading ??= load());

  const show = endpoint(async (request, response) => {
    const { showSignIn } = await import("./oidc-sign-in.ts");
    await showSignIn(request, response, await engine(), parts);
  });
  const answer = endpoint(async (request, response) => {
    const { answerSignIn } = await import("./oidc-sign-in.ts");
    await answerSignIn(request, response, await engine(), parts);
  });
  const protocol = endpoint(async (request, response) => (await engine()).handle(request, response));
  app.get("/oidc/sign-in/:uid", show);
  app.post("/oidc/sign-in/:uid", express.urlencoded({ extended: false }), answer);
  app.use("/oidc", protocol);
  return { register: relyingParties.register, issue: (emission, request) => issue(emission, request, parts) };
}
