import type { Emission } from "../emission/emission.ts";
import type { IssuedArtifact } from "./issued.ts";
import type { IssueRequest, WsFedRealm } from "./mock-idp.ts";
import type { IdpParts } from "./parts.ts";
import type { SamlCredentials } from "./saml-credentials.ts";
import { wsFedIssuer } from "./wsfed-metadata.ts";

/** The WS-Federation side of the mock IdP; it signs with the credentials of the SAML side. */
export interface WsFedSide {
  readonly credentials: SamlCredentials;
  readonly realms: readonly WsFedRealm[];
  /** Mints a signed response, `audience` being the realm; what is asked by HTTP gets the same. */
  readonly issue: (emission: Emission, request: IssueRequest) => Promise<IssuedArtifact>;
}

/** Makes the WS-Federation side, which issues at once; wsfed-routes.ts answers what is asked by HTTP. */
export function makeWsFedSide(
  parts: IdpParts,
  credentials: SamlCredentials,
  realms: readonly WsFedRealm[],
): WsFedSide {
  return {
    credentials,
    realms,
    issue: async (emission, { user, audience, now }) => {
      // Loaded late: an IdP that is only asked for tokens writes no XML.
      const { emitWsFedResponse } = await import("../emission/wsfed-response.ts");
      const signIn = { issuer: wsFedIssuer(parts.base()), user, realm: audience, now };
      const signer = await credentials.signer(emission.key);
      const artifact = await emitWsFedResponse(emission, signIn, signer);
      return { channel: "wsfed", artifact, user, audience, at: now };
    },
  };
}
