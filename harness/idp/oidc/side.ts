import type { AllClientMetadata } from "oidc-provider";
import type { Emission } from "../../emission/emission.ts";
import { PUBLISHED_KEYS } from "../../emission/keys/key-names.ts";
import { publicJwk } from "../../emission/keys/keys.ts";
import { mintAccessToken, mintIdToken } from "../../emission/token/mint-token.ts";
import type { IssuedArtifact } from "../issued.ts";
import type { IssueRequest } from "../issue-request.ts";
import type { RelyingPartyRegistration } from "./registration.ts";
import { USER_IMPERSONATION } from "./partner-api.ts";
import { makeRelyingParties, type RelyingParties } from "./relying-parties.ts";
import { userClaims } from "./user-claims.ts";
import type { Mirror } from "../store/store.ts";
import type { IdpParts } from "../parts.ts";
import { type KeySet, makeKeySet } from "../published-keys.ts";

/** The OIDC side of the mock IdP. */
export interface OidcSide {
  readonly relyingParties: RelyingParties;
  readonly keySet: KeySet;
  /** Mints an ID token or, for channel `partner-api`, an access token, without any HTTP. */
  readonly issue: (emission: Emission, request: IssueRequest) => Promise<IssuedArtifact>;
}

/** The partner app that tokens issued without HTTP name as theirs (Test-PartnerSecurityRequirement). */
const APPLICATION_ID = "00000000-aaaa-bbbb-cccc-000000000001";

async function mint(emission: Emission, request: IssueRequest, parts: IdpParts): Promise<string> {
  const { audience, nonce, now, user } = request;
  const issuer = `${parts.base()}/oidc`;
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

/** Makes the OIDC side, which issues at once; `mountOidc` of oidc/routes.ts adds what is asked by HTTP. */
export function makeOidcSide(
  parts: IdpParts,
  known: readonly RelyingPartyRegistration[],
  registered?: Mirror<AllClientMetadata>,
): OidcSide {
  const relyingParties = makeRelyingParties(known, registered);
  return {
    relyingParties,
    keySet: makeKeySet({ names: PUBLISHED_KEYS, show: publicJwk }, parts),
    issue: (emission, request) => issue(emission, request, parts),
  };
}
