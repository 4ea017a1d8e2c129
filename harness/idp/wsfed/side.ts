import type { Emission } from "../../emission/emission.ts";
import type { IssuedArtifact } from "../issued.ts";
import type { IssueRequest } from "../issue-request.ts";
import type { WsFedRealm } from "./registration.ts";
import type { IdpParts } from "../parts.ts";
import type { SamlCredentials } from "../saml/credentials.ts";
import { wsFedIssuer } from "./metadata.ts";
import { makeWsFedParticipants, type WsFedParticipants } from "./participants.ts";

/** What a response is issued for. */
interface WsFedIssueRequest extends IssueRequest {
  /** When the person signed in, if that was before now; seconds since the epoch. */
  readonly authenticatedAt?: number;
}

/** The WS-Federation side of the mock IdP; it signs with the credentials of the SAML side. */
export interface WsFedSide {
  readonly credentials: SamlCredentials;
  readonly realms: readonly WsFedRealm[];
  readonly participants: WsFedParticipants;
  /** Mints a signed response, `audience` being the realm; what is asked by HTTP gets the same. */
  readonly issue: (emission: Emission, request: WsFedIssueRequest) => Promise<IssuedArtifact>;
}

/** Makes the WS-Federation side, which issues at once; wsfed/routes.ts answers what is asked by HTTP. */
export function makeWsFedSide(
  parts: IdpParts,
  credentials: SamlCredentials,
  realms: readonly WsFedRealm[],
): WsFedSide {
  return {
    credentials,
    realms,
    participants: makeWsFedParticipants(parts.store),
    issue: async (emission, { user, audience, assertionConsumerService, now, authenticatedAt = now }) => {
      // Loaded late: an IdP that is only asked for tokens writes no XML.
      const { emitWsFedResponse } = await import("../../emission/wsfed/response.ts");
      const signIn = { issuer: wsFedIssuer(parts.base()), user, realm: audience, now, authenticatedAt };
      const signer = await credentials.signer(emission.key);
      const artifact = await emitWsFedResponse(emission, signIn, signer);
      const address = assertionConsumerService === undefined ? {} : { assertionConsumerService };
      return { channel: "wsfed", artifact, user, audience, ...address, at: now };
    },
  };
}
