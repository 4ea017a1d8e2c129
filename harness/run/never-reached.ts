import { CHANNEL_MEMBERS } from "../emission/channels.ts";
import type { Emission } from "../emission/emission.ts";
import type { EmissionMember } from "../emission/model.ts";
import { emissionAfter } from "../scenario/later.ts";
import type { Scenario } from "../scenario/schema.ts";
import type { Observation } from "../target/observation.ts";

const WORDS: Readonly<Record<EmissionMember, string>> = {
  idToken: "ID token",
  refreshedIdToken: "refreshed ID token",
  userInfo: "user info",
  tokenResponse: "token response",
  authorizationResponse: "authorization response",
  logoutToken: "logout token",
  tokenError: "tokens",
  refreshError: "new tokens by a refresh",
  userInfoError: "user info",
  deviceAuthorizationError: "code for a device",
  pushedAuthorizationError: "pushed request",
  discovery: "discovery document",
  jwks: "key set",
  accessToken: "access token",
  samlResponse: "SAML response that tells of a sign-in",
  samlLogoutResponse: "answer to a logout",
  samlMetadata: "metadata",
  wsFedResponse: "WS-Federation response",
  eamResponse: "answer",
  eamDiscovery: "discovery document",
  eamJwks: "key set",
};

/** Whether the artifact itself is other than a good one, without any patch. */
function isOdd({ profile, tamper, key, ignore }: Emission): boolean {
  return profile === "password-only" || tamper.length > 0 || key !== "published" || ignore.length > 0;
}

/**
 * What has to be handed out for a scenario to tell something; nothing where its fault is in the steps, or it has none. A
 * scenario that changes its emission is about what it says then.
 */
function faultyMembers({ emission, later, expect }: Scenario): readonly EmissionMember[] {
  const said = later === undefined ? emission : emissionAfter(emission, later);
  const members = CHANNEL_MEMBERS[said.channel];
  const names = said.patch.map(({ path }) => path.split("/")[1]);
  const patched = members.filter((member) => names.includes(member));
  if (patched.length > 0) return patched;
  // Whoever stops before anything is issued never sees the artifact.
  return expect.verdict !== "none" && isOdd(said) ? members.slice(0, 1) : [];
}

/**
 * Says what of a scenario's fault never left the IdP, a line each: what a target did without it proves nothing, be it
 * right or wrong. A target that was handed the artifact has it.
 */
export function neverReached(scenario: Scenario, { handedOut }: Observation): readonly string[] {
  if (handedOut === undefined) return [];
  return faultyMembers(scenario)
    .filter((member) => !handedOut.includes(member))
    .map((member) => `the fault never reached the target: the IdP was asked for no ${WORDS[member]}`);
}
